using System.Collections;
using System.Reflection;
using System.Text;
using PureHDF;
using PureHDF.VOL.Native;
using static Fringe.Formats.Hdf5.PureHdfInternals;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// The links of a group, by its own object header. PureHDF 2.2 follows the copy of a group's old symbol table in its parent's entry, which stays there, stale, when
/// libhdf5 rewrites a group in the newer form (HDF5 File Format Specification 3.0, III.C: cached information may be out of date); and it gives an external link
/// the name of what it leads to.
/// </summary>
internal static class PureHdfLinks
{
    private static readonly Type Reference = Type("NativeNamedReference");

    /// <summary>An object by its address, read from its own header.</summary>
    public static IH5Object Open(NativeFile file, string name, ulong address)
    {
        object reference = Activator.CreateInstance(Reference, Any, null, [name, address, file], null)!;
        return (IH5Object)Call(reference, "Dereference")!;
    }

    /// <summary>The root, read from its own header.</summary>
    public static NativeGroup Root(NativeFile file) => (NativeGroup)Open(file, "/", Identity(file).Address);

    /// <summary>The links in the file's order.</summary>
    /// <param name="group">From <see cref="Open"/>.</param>
    public static IEnumerable<StoredLink> Of(NativeGroup group)
    {
        bool isGroup = false;
        foreach (object message in (IEnumerable)Get(Get(group, "Header")!, "HeaderMessages")!)
        {
            object content = Get(message, "Data")!;
            IEnumerable<StoredLink> links = content.GetType().Name switch
            {
                "SymbolTableMessage" => OfSymbolTable(group, content),
                "LinkInfoMessage" => OfHeap(group, content),
                "LinkMessage" => [Link(content)],
                _ => [],
            };
            isGroup |= content.GetType().Name is "SymbolTableMessage" or "LinkInfoMessage";
            foreach (StoredLink link in links)
            {
                yield return link;
            }
        }

        if (!isGroup)
        {
            throw new InvalidDataException("a group without a list of its links");
        }
    }

    private static IEnumerable<StoredLink> OfSymbolTable(NativeGroup group, object table)
    {
        MethodInfo decodeKey = typeof(NativeGroup).GetMethod("DecodeGroupKey", Any)!;
        Type function = typeof(Func<>).MakeGenericType(decodeKey.ReturnType);
        object tree = Call(table, "GetBTree1", decodeKey.CreateDelegate(function, group))!;
        object heap = Get(table, "LocalHeap")!;
        long length = (long)Get(Get(Get(group, "Context")!, "Driver")!, "Length")!;
        // PureHDF allocates what a damaged heap claims.
        if ((ulong)Get(heap, "DataSegmentSize")! > (ulong)length)
        {
            throw new InvalidDataException("a list of links' names that is longer than the file");
        }

        byte[] names = (byte[])Get(heap, "Data")!;
        foreach (object node in (IEnumerable)Call(group, "EnumerateSymbolTableNodes", tree)!)
        {
            foreach (object entry in (IEnumerable)Get(node, "GroupEntries")!)
            {
                string name = Text(names, (ulong)Get(entry, "LinkNameOffset")!);
                object? cached = Get(entry, "ScratchPad");
                yield return cached?.GetType().Name == "SymbolicLinkScratchPad"
                    ? new(name, null, Text(names, (uint)Get(cached, "LinkValueOffset")!), null)
                    : new(name, (ulong)Get(entry, "HeaderAddress")!, null, null);
            }
        }
    }

    private static IEnumerable<StoredLink> OfHeap(NativeGroup group, object info)
    {
        object superblock = Get(Get(group, "Context")!, "Superblock")!;
        bool isCompact = (bool)Call(superblock, "IsUndefinedAddress", Get(info, "BTree2NameIndexAddress"))!;
        return isCompact
            ? []
            : ((IEnumerable)Call(group, "EnumerateLinkMessagesFromLinkInfoMessage", info)!).Cast<object>().Select(Link);
    }

    private static StoredLink Link(object message)
    {
        string name = (string)Get(message, "LinkName")!;
        object info = Get(message, "LinkInfo")!;
        return info.GetType().Name switch
        {
            "HardLinkInfo" => new(name, (ulong)Get(info, "HeaderAddress")!, null, null),
            "SoftLinkInfo" => new(name, null, (string)Get(info, "Value")!, null),
            "ExternalLinkInfo" => new(name, null, (string)Get(info, "FullObjectPath")!, (string)Get(info, "FilePath")!),
            _ => new(name, null, "", null),
        };
    }

    // Of a local heap: ends with a zero.
    private static string Text(byte[] heap, ulong offset)
    {
        ReadOnlySpan<byte> rest = offset < (ulong)heap.Length ? heap.AsSpan((int)offset) : [];
        int end = rest.IndexOf((byte)0);
        return end >= 0
            ? Encoding.UTF8.GetString(rest[..end])
            : throw new InvalidDataException("a link without a name");
    }
}
