using System.Globalization;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Types, attributes and single values of HDF5 objects.</summary>
internal static class Hdf5Values
{
    /// <summary>The element type, or null where the elements are not real numbers.</summary>
    public static ElementType? Element(NativeDataset dataset)
    {
        IH5DataType type = dataset.Type;
        ElementKind? kind = type.Class switch
        {
            H5DataTypeClass.FixedPoint => type.FixedPoint.IsSigned ? ElementKind.Signed : ElementKind.Unsigned,
            H5DataTypeClass.FloatingPoint => ElementKind.Float,
            // h5py writes bool as an enumeration of int8, FALSE and TRUE.
            H5DataTypeClass.Enumerated when type.Size == 1 => ElementKind.Bool,
            _ => null,
        };
        return kind is { } known && ElementType.IsSupported(known, type.Size)
            ? new ElementType(known, type.Size, known != ElementKind.Bool && PureHdfInternals.IsBigEndian(dataset))
            : null;
    }

    /// <summary>Element type for people.</summary>
    public static string TypeName(NativeDataset dataset)
    {
        if (Element(dataset) is { } element)
        {
            return element.Name;
        }

        IH5DataType type = dataset.Type;
        if (type.Class == H5DataTypeClass.Compound)
        {
            CompoundMember[] members = type.Compound.Members;
            bool isComplex =
                members.Length == 2
                && members.All(member => member.Type.Class == H5DataTypeClass.FloatingPoint)
                && members[0].Name.StartsWith("r", StringComparison.OrdinalIgnoreCase)
                && members[1].Name.StartsWith("i", StringComparison.OrdinalIgnoreCase);
            return isComplex ? $"complex{8 * type.Size}" : "structured";
        }

        return type.Class switch
        {
            H5DataTypeClass.String => "string",
            H5DataTypeClass.VariableLength => "variable-length",
            H5DataTypeClass.Reference => "reference",
            H5DataTypeClass.Opaque => "opaque",
            H5DataTypeClass.Enumerated => "enumeration",
            H5DataTypeClass.BitField => "bit field",
            H5DataTypeClass.Array => "array",
            H5DataTypeClass.FixedPoint => $"{8 * type.Size}-bit integer",
            H5DataTypeClass.FloatingPoint => $"{8 * type.Size}-bit float",
            _ => type.Class.ToString(),
        };
    }

    public static IReadOnlyList<long> Shape(NativeDataset dataset) =>
        [.. dataset.Space.Dimensions.Select(axis => (long)Math.Min(axis, long.MaxValue))];

    public static string Filters(NativeDataset dataset)
    {
        IEnumerable<string> names = PureHdfInternals
            .Filters(dataset)
            .Select(filter => FilterName(filter.Id, filter.Name, filter.Parameters));
        string text = string.Join(", ", names);
        string layout = dataset.Layout.Class == H5DataLayoutClass.VirtualStorage ? "virtual" : "none";
        return text.Length == 0 ? layout : text;
    }

    /// <summary>A text attribute, or null where it is absent or something else.</summary>
    public static string? Text(IH5Object item, string name)
    {
        if (!item.AttributeExists(name))
        {
            return null;
        }

        IH5Attribute attribute = item.Attribute(name);
        if (attribute.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength))
        {
            return null;
        }

        return Count(attribute.Space) switch
        {
            0 => null,
            1 when attribute.Space.Rank == 0 => attribute.Read<string>(),
            <= 16 => attribute.Read<string[]>().FirstOrDefault(),
            _ => null,
        };
    }

    /// <summary>A single number or text as text, or null where the dataset is something else.</summary>
    public static string? Single(NativeDataset dataset)
    {
        if (Count(dataset.Space) != 1 || dataset.Type.Size > 1 << 16)
        {
            return null;
        }

        if (dataset.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength)
        {
            return OneText(dataset) is { } text ? Streams.OneLine(text) : null;
        }

        return SingleNumber(dataset)?.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A single number, or null where the dataset is something else.</summary>
    public static double? SingleNumber(NativeDataset dataset)
    {
        if (
            Count(dataset.Space) != 1
            || Element(dataset) is not { } element
            || dataset.Layout.Class == H5DataLayoutClass.VirtualStorage
        )
        {
            return null;
        }

        byte[] bytes = new byte[element.Size];
        dataset.Read<byte>(bytes.AsSpan());
        return element.DecodeOne(bytes);
    }

    // h5py writes text of variable length; a list of numbers of variable length has the same class.
    private static string? OneText(NativeDataset dataset)
    {
        try
        {
            return dataset.Space.Rank == 0 ? dataset.Read<string>() : dataset.Read<string[]>().FirstOrDefault();
        }
        catch (Exception) when (dataset.Type.Class == H5DataTypeClass.VariableLength)
        {
            return null;
        }
    }

    private static string FilterName(int id, string name, uint[] parameters) =>
        Hdf5Filters.Name(id, name) + (id == 32008 && parameters is [_, _, _, _, 2, ..] ? "-LZ4" : "");

    private static ulong Count(IH5Dataspace space)
    {
        if (space.Type == H5DataspaceType.Null)
        {
            return 0;
        }

        UInt128 count = 1;
        foreach (ulong axis in space.Dimensions)
        {
            count = UInt128.Min(count * axis, ulong.MaxValue);
        }

        return (ulong)count;
    }
}
