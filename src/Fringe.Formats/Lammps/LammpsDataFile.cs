using System.Globalization;
using System.Text;
using Fringe.Formats.Writing;

namespace Fringe.Formats.Lammps;

/// <summary>Writes LAMMPS' data file: a triclinic box and atoms of <c>atom_style atomic</c>.</summary>
public static class LammpsDataFile
{
    /// <param name="path">Where to.</param>
    /// <param name="positions">x, y, z of each atom in turn, angstrom; atom i gets the id i + 1.</param>
    /// <param name="types">Type of each atom, from 1.</param>
    /// <param name="masses">Mass of each type, g/mol.</param>
    /// <param name="padding">Empty space around the atoms on each side, angstrom.</param>
    /// <exception cref="Fringe.Core.InputException">The file cannot be written.</exception>
    public static void Write(
        string path,
        double[] positions,
        IReadOnlyList<int> types,
        IReadOnlyList<double> masses,
        double padding
    )
    {
        StringBuilder text = new(64 * types.Count);
        text.Append(CultureInfo.InvariantCulture, $"crystal\n\n{types.Count} atoms\n{masses.Count} atom types\n\n");
        for (int axis = 0; axis < 3; axis++)
        {
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = axis; i < positions.Length; i += 3)
            {
                low = Math.Min(low, positions[i]);
                high = Math.Max(high, positions[i]);
            }

            char name = "xyz"[axis];
            text.Append(CultureInfo.InvariantCulture, $"{low - padding:F10} {high + padding:F10} {name}lo {name}hi\n");
        }

        text.Append("0 0 0 xy xz yz\n\nMasses\n\n");
        for (int type = 1; type <= masses.Count; type++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{type} {masses[type - 1]:R}\n");
        }

        text.Append("\nAtoms # atomic\n\n");
        for (int i = 0; i < types.Count; i++)
        {
            (double x, double y, double z) = (positions[3 * i], positions[(3 * i) + 1], positions[(3 * i) + 2]);
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} {types[i]} {x:F10} {y:F10} {z:F10}\n");
        }

        AsideFile.WriteAll(path, Encoding.ASCII.GetBytes(text.ToString()));
    }
}
