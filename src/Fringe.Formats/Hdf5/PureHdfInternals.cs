using System.Collections;
using System.Globalization;
using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// The few facts that PureHDF 2.2 knows but does not publish: byte order, filters, the list of a virtual dataset's parts, and which object is which. Read by
/// reflection in this folder's PureHdf files alone; tests with files of other programs hold it when the package moves on.
/// </summary>
internal static class PureHdfInternals
{
    /// <summary>What reflection looks for.</summary>
    internal const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly MethodInfo GlobalHeap = Type("NativeCache")
        .GetMethod("GetGlobalHeapObject", Any | BindingFlags.Static)!;

    /// <summary>Whether the most significant byte comes first; false for types without a byte order.</summary>
    public static bool IsBigEndian(NativeDataset dataset)
    {
        object bits = Get(Get(dataset, "InternalDataType")!, "BitField")!;
        PropertyInfo? order = bits.GetType().GetProperty("ByteOrder", Any);
        return order?.GetValue(bits)?.ToString() == "BigEndian";
    }

    /// <summary>Where the bits of a number lie: the first, how many, and of a float the exponent's; null for types without such bits.</summary>
    public static (int Offset, int Precision, int ExponentBits)? Bits(NativeDataset dataset)
    {
        if (
            ((IEnumerable)Get(Get(dataset, "InternalDataType")!, "Properties")!).Cast<object>().FirstOrDefault()
            is not { } bits
        )
        {
            return null;
        }

        return bits.GetType().Name switch
        {
            "FixedPointPropertyDescription" or "BitFieldPropertyDescription" => (
                Number("BitOffset"),
                Number("BitPrecision"),
                0
            ),
            "FloatingPointPropertyDescription" => (Number("BitOffset"), Number("BitPrecision"), Number("ExponentSize")),
            _ => null,
        };

        int Number(string name) => Convert.ToInt32(Get(bits, name), CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the values lie in other files, raw.</summary>
    public static bool IsExternal(NativeDataset dataset) => Get(dataset, "InternalExternalFileList") is not null;

    /// <summary>Number, name and parameters of each filter in the order it was applied.</summary>
    public static IReadOnlyList<(int Id, string Name, uint[] Parameters)> Filters(NativeDataset dataset)
    {
        if (Get(dataset, "InternalFilterPipeline") is not { } pipeline)
        {
            return [];
        }

        List<(int, string, uint[])> filters = [];
        foreach (object filter in (IEnumerable)Get(pipeline, "FilterDescriptions")!)
        {
            filters.Add(
                ((ushort)Get(filter, "Identifier")!, (string)Get(filter, "Name")!, (uint[])Get(filter, "ClientData")!)
            );
        }

        return filters;
    }

    /// <summary>What an object is, whatever path led to it: the open file and the address in it.</summary>
    public static (object File, ulong Address) Identity(IH5Object item)
    {
        object reference = Get(item, "Reference")!;
        return (Get(reference, "File") ?? item, (ulong)Get(reference, "Value")!);
    }

    /// <summary>The block of a global heap that lists the parts of a virtual dataset.</summary>
    public static byte[] VirtualMapping(NativeDataset dataset)
    {
        object place = Get(Get(dataset, "InternalDataLayout")!, "Properties")!;
        object heap = GlobalHeap.Invoke(null, [Get(dataset, "Context")!, Get(place, "Address")!, true])!;
        var objects = (IDictionary)Get(heap, "GlobalHeapObjects")!;
        object stored =
            objects[checked((int)(uint)Get(place, "Index")!)]
            ?? throw new InvalidDataException("the list of a virtual dataset's parts is not there");
        return (byte[])Get(stored, "ObjectData")!;
    }

    /// <summary>A type of the package by its name.</summary>
    internal static Type Type(string name) =>
        typeof(NativeDataset).Assembly.GetType($"PureHDF.VOL.Native.{name}", throwOnError: true)!;

    /// <summary>A property's value.</summary>
    internal static object? Get(object target, string name)
    {
        for (Type? type = target.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetProperty(name, Any | BindingFlags.DeclaredOnly) is { } property)
            {
                return property.GetValue(target);
            }
        }

        throw new MissingMemberException(target.GetType().FullName, name);
    }

    /// <summary>What a method gives; the errors are those that it throws.</summary>
    internal static object? Call(object target, string name, params object?[] arguments)
    {
        for (Type? type = target.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetMethod(name, Any | BindingFlags.DeclaredOnly) is { } method)
            {
                return method.Invoke(target, Any | BindingFlags.DoNotWrapExceptions, null, arguments, null);
            }
        }

        throw new MissingMethodException(target.GetType().FullName, name);
    }
}
