using System.Globalization;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Types, attributes and single values of HDF5 objects.</summary>
internal static class Hdf5Values
{
    // Frames of a scan.
    private const ulong MostEqual = 100_000;

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
            // PyTables writes bool so.
            H5DataTypeClass.BitField => type.Size == 1 ? ElementKind.Bool : ElementKind.Unsigned,
            _ => null,
        };
        return !HasAllBits(dataset) ? null
            : kind is { } known && ElementType.IsSupported(known, type.Size)
                ? new ElementType(known, type.Size, known != ElementKind.Bool && PureHdfInternals.IsBigEndian(dataset))
            : null;
    }

    // Whether a number's bits are those that its size lets expect. Bits that an unsigned integer leaves free at its upper end are 0.
    private static bool HasAllBits(NativeDataset dataset) =>
        PureHdfInternals.Bits(dataset) is not { } bits
        || (
            bits.Offset == 0
            && dataset.Type.Class switch
            {
                H5DataTypeClass.FixedPoint => !dataset.Type.FixedPoint.IsSigned
                    || bits.Precision == 8 * dataset.Type.Size,
                H5DataTypeClass.FloatingPoint => bits.Precision == 8 * dataset.Type.Size
                    && bits.ExponentBits
                        == dataset.Type.Size switch
                        {
                            2 => 5,
                            4 => 8,
                            8 => 11,
                            _ => bits.ExponentBits,
                        },
                _ => true,
            }
        );

    // "12-bit integer at bit 4 of 16".
    private static string OddBits(IH5DataType type, (int Offset, int Precision, int ExponentBits)? bits) =>
        bits is not { } odd ? $"{8 * type.Size}-bit number"
        : odd.ExponentBits == 0 ? $"{odd.Precision}-bit integer at bit {odd.Offset} of {8 * type.Size}"
        : $"{odd.Precision}-bit float with {odd.ExponentBits} bits of exponent"
            + (odd is { ExponentBits: 8, Precision: 16 } ? " (bfloat16)" : "");

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
            H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint => OddBits(
                type,
                PureHdfInternals.Bits(dataset)
            ),
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

    /// <summary>An attribute that is a whole number or a text, as text; null where it is absent or something else.</summary>
    public static string? Flag(IH5Object item, string name) =>
        WholeNumber(item, name)?.ToString(CultureInfo.InvariantCulture) ?? Text(item, name);

    /// <summary>An attribute that is one whole number; null where it is absent or something else.</summary>
    public static long? WholeNumber(IH5Object item, string name)
    {
        if (!item.AttributeExists(name))
        {
            return null;
        }

        IH5Attribute attribute = item.Attribute(name);
        if (attribute.Type.Class != H5DataTypeClass.FixedPoint || Count(attribute.Space) != 1)
        {
            return null;
        }

        return (attribute.Type.Size, attribute.Type.FixedPoint.IsSigned) switch
        {
            (1, false) => attribute.Read<byte[]>()[0],
            (1, true) => attribute.Read<sbyte[]>()[0],
            (2, false) => attribute.Read<ushort[]>()[0],
            (2, true) => attribute.Read<short[]>()[0],
            (4, false) => attribute.Read<uint[]>()[0],
            (4, true) => attribute.Read<int[]>()[0],
            (8, false) => (long)Math.Min(attribute.Read<ulong[]>()[0], long.MaxValue),
            (8, true) => attribute.Read<long[]>()[0],
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

    /// <summary>A single number, or one a frame if all are equal; null where the dataset is something else.</summary>
    public static double? EqualNumber(NativeDataset dataset)
    {
        if (
            dataset.Space.Rank != 1
            || Count(dataset.Space) is < 2 or > MostEqual
            || Element(dataset) is not { } element
            || dataset.Layout.Class == H5DataLayoutClass.VirtualStorage
        )
        {
            return SingleNumber(dataset);
        }

        byte[] bytes = new byte[(int)Count(dataset.Space) * element.Size];
        dataset.Read<byte>(bytes.AsSpan());
        double first = element.DecodeOne(bytes.AsSpan(0, element.Size).ToArray());
        for (int i = element.Size; i < bytes.Length; i += element.Size)
        {
            if (element.DecodeOne(bytes.AsSpan(i, element.Size)) != first)
            {
                return null;
            }
        }

        return first;
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
