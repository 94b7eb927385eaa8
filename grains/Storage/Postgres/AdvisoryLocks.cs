namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>The locks that writers of one schema share. Numbers of this program's own choice: others in the database have to choose other ones.</summary>
internal static class AdvisoryLocks
{
    public const string Events = "1868788577";
    public const string Migration = "1868788578";
    public const string Occupation = "1868788579";

    /// <summary>The second half of a lock's number, in SQL.</summary>
    public const string OfThisSchema = "hashtext(current_schema())";
}
