namespace Fringe.Formats.Hdf5;

/// <summary>A link of an HDF5 group as it stands in the file.</summary>
/// <param name="Name">Within its group.</param>
/// <param name="Address">Of the object it is a name of; null where it names a path.</param>
/// <param name="Target">The path it names, from the root or from its group; null where it has an address.</param>
/// <param name="File">The file that the path is in, as it is written down; null = the link's own.</param>
internal sealed record StoredLink(string Name, ulong? Address, string? Target, string? File);
