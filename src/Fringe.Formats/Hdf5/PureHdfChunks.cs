using System.Reflection;
using PureHDF.VOL.Native;
using static Fringe.Formats.Hdf5.PureHdfInternals;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// Where the chunks of a dataset lie, by PureHDF's reading of their index. PureHDF 2.2 asks for the wrong bit of a chunk's filter mask, and gives values of a chunk
/// that was stored without its filter; so the chunks themselves are read by <see cref="Hdf5Chunks"/>.
/// </summary>
internal sealed class PureHdfChunks
{
    private static readonly MethodInfo Create = Type("H5D_Chunk").GetMethod("Create", Any | BindingFlags.Static)!;
    private readonly object chunks;
    private readonly object superblock;
    private readonly MethodInfo find;
    private readonly long baseAddress;
    private readonly bool isEmpty;

    /// <param name="dataset">Chunked; borrowed.</param>
    public PureHdfChunks(NativeDataset dataset)
    {
        object context = Get(dataset, "Context")!;
        superblock = Get(context, "Superblock")!;
        baseAddress = checked((long)(ulong)Get(Get(context, "Driver")!, "BaseAddress")!);
        string[] parts = ["Dataspace", "DataType", "DataLayout", "FillValue", "FilterPipeline", "ExternalFileList"];
        object?[] described = [.. parts.Select(part => Get(dataset, $"Internal{part}"))];
        object info = Activator.CreateInstance(Type("DatasetInfo"), Any, null, described, null)!;
        object?[] arguments =
        [
            .. Create
                .GetParameters()
                .Select(parameter =>
                    parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null
                ),
        ];
        arguments[0] = context;
        arguments[2] = info;
        chunks = Create.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        Call(chunks, "Initialize");
        isEmpty = (bool)Type("H5D_Chunk").GetField("_readingChunkIndexAddressIsUndefined", Any)!.GetValue(chunks)!;
        find = chunks.GetType().GetMethod("GetReadChunkInfo", Any)!;
        FillValue = (byte[]?)Get(described[3]!, "Value");
    }

    /// <summary>What stands in chunks that were never written, one element; null = zeros.</summary>
    public byte[]? FillValue { get; }

    /// <summary>A chunk's place in the file; null where it was never written.</summary>
    /// <param name="chunk">Its number, in C order.</param>
    public StoredChunk? Find(long chunk)
    {
        if (isEmpty)
        {
            return null;
        }

        object found = find.Invoke(chunks, Any | BindingFlags.DoNotWrapExceptions, null, [(ulong)chunk], null)!;
        ulong address = (ulong)Get(found, "Address")!;
        return (bool)Call(superblock, "IsUndefinedAddress", address)!
            ? null
            : new StoredChunk(
                checked(baseAddress + (long)address),
                checked((long)(ulong)Get(found, "Size")!),
                (uint)Get(found, "FilterMask")!
            );
    }
}

/// <summary>A chunk in a file.</summary>
/// <param name="Position">Of its first byte in the file.</param>
/// <param name="Bytes">How many it fills.</param>
/// <param name="SkippedFilters">Bit i set: it was stored without the filter i, counted from 0 in the order of the pipeline.</param>
internal sealed record StoredChunk(long Position, long Bytes, uint SkippedFilters);
