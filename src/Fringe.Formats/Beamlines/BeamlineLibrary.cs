using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Beamlines;

/// <summary>The beamlines that ship with the program, and those a user describes in a file.</summary>
public static class BeamlineLibrary
{
    private static readonly ShippedFiles Shipped = new("Beamlines.");

    /// <summary>Names of the beamlines that ship.</summary>
    public static IReadOnlyList<string> Names => Shipped.Names;

    /// <summary>A beamline by name, however it is spelt (34-ID-C, 34idc), or the definition in a file.</summary>
    /// <param name="nameOrPath">What ends in .json is a file.</param>
    /// <exception cref="InputException">Unknown (lists the known ones), or not a definition.</exception>
    public static BeamlineDefinition Find(string nameOrPath)
    {
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            using FileStream file = Streams.OpenRead(nameOrPath);
            return BeamlineFile.Read(file, nameOrPath);
        }

        string known =
            Names.FirstOrDefault(name => ShippedFiles.AreOne(name, nameOrPath))
            ?? throw new InputException(
                $"no beamline '{nameOrPath}' is known; known are {string.Join(", ", Names)}, "
                    + "and any that a .json file describes (docs/geometry.md)"
            );
        return Shipped.Read(known, BeamlineFile.Read);
    }
}
