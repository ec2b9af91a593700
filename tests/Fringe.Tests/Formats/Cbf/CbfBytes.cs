using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Fringe.Tests.Formats.Cbf;

/// <summary>Writes CBF files as DECTRIS's detectors do.</summary>
[SuppressMessage("Security", "CA5351", Justification = "The format's checksum.")]
internal static class CbfBytes
{
    /// <summary>Lines that a detector writes.</summary>
    public const string Contents = """
        # Detector: PILATUS 300K, S/N 3-0101
        # 2026-02-03T20:26:04.601
        # Pixel_size 172e-6 m x 172e-6 m
        # Silicon sensor, thickness 0.000320 m
        # Exposure_time 0.9970000 s
        # Exposure_period 1.0000000 s
        # Count_cutoff 1048576 counts
        # Threshold_setting: 4000 eV
        # N_excluded_pixels = 3
        # Wavelength 1.54187 A
        # Detector_distance 0.32000 m
        # Beam_xy (243.30, 308.00) pixels
        """;

    /// <summary>An image of 3 rows and 4 columns, int32, the values 100 n, 100 n + 1 ... with a gap's -1 in the last column.</summary>
    public static byte[] Image(int number) => File(4, 3, Packed(number));

    /// <summary>The pixels of such an image.</summary>
    public static byte[] Packed(int number) => ByteOffset(Values(number).Select(value => (long)value));

    public static float[] Values(int number) =>
        [.. Enumerable.Range(0, 12).Select(pixel => pixel % 4 == 3 ? -1 : (100f * number) + pixel)];

    /// <summary>A file.</summary>
    /// <param name="columns">Of the image.</param>
    /// <param name="rows">Of the image.</param>
    /// <param name="packed">Its pixels.</param>
    /// <param name="change">Makes another text of the header of the binary section.</param>
    public static byte[] File(int columns, int rows, byte[] packed, Func<string, string>? change = null)
    {
        string binary = $"""
            --CIF-BINARY-FORMAT-SECTION--
            Content-Type: application/octet-stream;
                 conversions="x-CBF_BYTE_OFFSET"
            Content-Transfer-Encoding: BINARY
            X-Binary-Size: {packed.Length}
            X-Binary-ID: 1
            X-Binary-Element-Type: "signed 32-bit integer"
            X-Binary-Element-Byte-Order: LITTLE_ENDIAN
            Content-MD5: {Convert.ToBase64String(MD5.HashData(packed))}
            X-Binary-Number-of-Elements: {columns * rows}
            X-Binary-Size-Fastest-Dimension: {columns}
            X-Binary-Size-Second-Dimension: {rows}
            X-Binary-Size-Padding: 4095


            """;
        string head = $"""
            ###CBF: VERSION 1.5, CBFlib v0.7.8 - SLS/DECTRIS PILATUS detectors

            data_scan_00001

            _array_data.header_convention "PILATUS_1.2"
            _array_data.header_contents
            ;
            {Contents}
            ;

            _array_data.data
            ;
            {(change ?? (text => text))(binary)}
            """;
        return
        [
            .. Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")),
            0x0C,
            0x1A,
            0x04,
            0xD5,
            .. packed,
            .. new byte[4095],
            .. "\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n"u8,
        ];
    }

    /// <summary>Differences of neighbours in as few bytes as they fit.</summary>
    public static byte[] ByteOffset(IEnumerable<long> values)
    {
        List<byte> packed = [];
        long last = 0;
        Span<byte> eight = stackalloc byte[8];
        foreach (long value in values)
        {
            long difference = value - last;
            last = value;
            BinaryPrimitives.WriteInt64LittleEndian(eight, difference);
            int bytes =
                Math.Abs(difference) < 128 ? 1
                : Math.Abs(difference) < 1 << 15 ? 2
                : Math.Abs(difference) < 1L << 31 ? 4
                : 8;
            packed.AddRange(bytes > 1 ? [0x80] : []);
            packed.AddRange(bytes > 2 ? [0, 0x80] : []);
            packed.AddRange(bytes > 4 ? [0, 0, 0, 0x80] : []);
            packed.AddRange(eight[..bytes]);
        }

        return [.. packed];
    }
}
