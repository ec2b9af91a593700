namespace Fringe.Tests.Formats.Fuzzing;

/// <summary>
/// Damages files the way transfers, crashes and hostile people do: bits, bytes, extremes in integer fields, cuts, copies of
/// one part over another. The same seed gives the same files.
/// </summary>
internal sealed class Mutator(int seed)
{
    private static readonly ulong[] Extremes =
    [
        0,
        1,
        2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
        0x7FFFFFFFFFFFFFFF,
        0x8000000000000000,
        0xFFFFFFFFFFFFFFFF,
    ];

    private readonly Random random = new(seed);

    /// <summary>A damaged copy; one to four injuries.</summary>
    /// <param name="original">A sound file.</param>
    /// <param name="headerBytes">Half of the injuries go to the first so many bytes, where the structure is.</param>
    public byte[] Mutate(byte[] original, int headerBytes)
    {
        byte[] bytes = (byte[])original.Clone();
        int injuries = random.Next(1, 5);
        for (int i = 0; i < injuries && bytes.Length > 0; i++)
        {
            int at = Place(bytes.Length, headerBytes);
            switch (random.Next(8))
            {
                case 0:
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                case 4:
                    WriteField(bytes, at, Extremes[random.Next(Extremes.Length)]);
                    break;
                case 5:
                    // A pointer or length that is plausible for this file.
                    WriteField(bytes, at, (ulong)random.Next(bytes.Length + 16));
                    break;
                case 6:
                    Splice(bytes, at);
                    break;
                default:
                    bytes = random.Next(3) == 0 ? bytes[..at] : bytes;
                    break;
            }
        }

        return bytes;
    }

    private int Place(int length, int headerBytes) =>
        random.Next(random.Next(2) == 0 ? Math.Min(length, headerBytes) : length);

    private void WriteField(byte[] bytes, int at, ulong value)
    {
        int size = 1 << random.Next(4);
        bool bigEndian = random.Next(4) == 0;
        for (int i = 0; i < size && at + i < bytes.Length; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * (bigEndian ? size - 1 - i : i)));
        }
    }

    private void Splice(byte[] bytes, int at)
    {
        int count = Math.Min(random.Next(1, 64), bytes.Length - at);
        int from = random.Next(bytes.Length - count + 1);
        bytes.AsSpan(from, count).ToArray().CopyTo(bytes, at);
    }
}
