using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

// Marks one required symbol version of a 64-bit little-endian ELF library as weak (VER_FLG_WEAK in the vernaux entry of
// .gnu.version_r), so that the loader warns instead of refusing when the system's library lacks it. The file is written
// aside and renamed: the output is often a hard link into the package cache, which must not change.
public sealed class WeakenElfVersion : Task
{
    private const uint SectionVersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort FlagWeak = 2; // VER_FLG_WEAK

    [Required]
    public string File { get; set; }

    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] elf = System.IO.File.ReadAllBytes(File);
        int flagOffset = FindFlags(elf);
        if (flagOffset < 0)
        {
            Log.LogMessage(MessageImportance.Low, "{0} does not need {1}: nothing to do", File, Version);
            return true;
        }

        ushort flags = BitConverter.ToUInt16(elf, flagOffset);
        if ((flags & FlagWeak) != 0)
        {
            return true;
        }

        DateTime written = System.IO.File.GetLastWriteTimeUtc(File);
        elf[flagOffset] |= (byte)FlagWeak;
        string aside = File + ".weakened";
        System.IO.File.WriteAllBytes(aside, elf);
        // Same time and size as the package's file, so that incremental builds do not copy it again.
        System.IO.File.SetLastWriteTimeUtc(aside, written);
        System.IO.File.Delete(File);
        System.IO.File.Move(aside, File);
        Log.LogMessage(MessageImportance.Normal, "{0}: {1} marked weak", File, Version);
        return true;
    }

    // Offset of vna_flags of the entry named Version, or -1.
    private int FindFlags(byte[] elf)
    {
        bool isElf64 =
            elf.Length > 64
            && elf[0] == 0x7f
            && elf[1] == 'E'
            && elf[2] == 'L'
            && elf[3] == 'F'
            && elf[4] == 2
            && elf[5] == 1;
        if (!isElf64)
        {
            return -1;
        }

        long sections = BitConverter.ToInt64(elf, 0x28);
        int sectionSize = BitConverter.ToUInt16(elf, 0x3a);
        int sectionCount = BitConverter.ToUInt16(elf, 0x3c);
        for (int i = 0; i < sectionCount; i++)
        {
            int section = (int)(sections + (long)i * sectionSize);
            if (BitConverter.ToUInt32(elf, section + 4) != SectionVersionNeeds)
            {
                continue;
            }

            int names = (int)(sections + (long)BitConverter.ToUInt32(elf, section + 0x28) * sectionSize);
            int strings = (int)BitConverter.ToInt64(elf, names + 0x18);
            int need = (int)BitConverter.ToInt64(elf, section + 0x18);
            while (true)
            {
                int entries = BitConverter.ToUInt16(elf, need + 2);
                int entry = need + (int)BitConverter.ToUInt32(elf, need + 8);
                for (int k = 0; k < entries; k++)
                {
                    if (ReadString(elf, strings + (int)BitConverter.ToUInt32(elf, entry + 8)) == Version)
                    {
                        return entry + 4;
                    }

                    entry += (int)BitConverter.ToUInt32(elf, entry + 12);
                }

                uint next = BitConverter.ToUInt32(elf, need + 12);
                if (next == 0)
                {
                    break;
                }

                need += (int)next;
            }
        }

        return -1;
    }

    private static string ReadString(byte[] bytes, int start)
    {
        int end = Array.IndexOf(bytes, (byte)0, start);
        return Encoding.ASCII.GetString(bytes, start, end - start);
    }
}
