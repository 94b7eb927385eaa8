namespace OrleansCluster.Grains.Runtime;

/// <summary>Where new ids come from; the simulator puts a seeded one in its place.</summary>
public interface IIdSource
{
    /// <summary>A new id of that many characters, lower-case letters and digits (base 32, without look-alikes), which begins with a letter.</summary>
    string NewId(int length);
}
