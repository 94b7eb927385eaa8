using System.Collections.Immutable;
using System.Data.Common;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A database in this process, where a statement for every row costs no way to another.</summary>
internal interface IRowDialect : ISqlDialect
{
    /// <summary>Scripts that bring the schema from version <c>index</c> to <c>index + 1</c>; only ever appended to.</summary>
    ImmutableArray<string> Migrations { get; }

    DbTransaction BeginWrite(DbConnection connection);

    /// <summary>A statement of that connection, part of whatever transaction it is in; to be disposed before the connection.</summary>
    IRowStatement Prepare(DbConnection connection, string sql);

    /// <summary>Leaves the database tidy when the store closes.</summary>
    void Close(DbConnection writer);
}
