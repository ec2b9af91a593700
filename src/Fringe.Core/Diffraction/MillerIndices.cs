using System.Globalization;

namespace Fringe.Core.Diffraction;

/// <summary>The indices hkl of a Bragg reflection of a cubic crystal: <c>G = 2 pi (h, k, l) / a</c> along x, y, z.</summary>
public readonly record struct MillerIndices(int H, int K, int L)
{
    /// <summary>Whether a face-centred cubic crystal has the reflection: all even or all odd, and not (000).</summary>
    public bool IsAllowedInFcc =>
        (H, K, L) != (0, 0, 0) && Math.Abs(H % 2) == Math.Abs(K % 2) && Math.Abs(K % 2) == Math.Abs(L % 2);

    /// <summary><c>2 pi (h, k, l)</c>: G times the lattice constant, components x, y, z.</summary>
    public double[] ScatteringVector => [2 * Math.PI * H, 2 * Math.PI * K, 2 * Math.PI * L];

    /// <summary>Reads <c>111</c>, <c>1,-1,1</c> or <c>2 0 0</c>.</summary>
    /// <exception cref="InputException">Not three whole numbers.</exception>
    public static MillerIndices Parse(string text)
    {
        string[] parts = text.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1 && text.Length == 3 && text.All(char.IsAsciiDigit))
        {
            parts = [.. text.Select(digit => digit.ToString())];
        }

        int[] values = new int[3];
        bool good =
            parts.Length == 3
            && Enumerable
                .Range(0, 3)
                .All(i => int.TryParse(parts[i], NumberStyles.Integer, CultureInfo.InvariantCulture, out values[i]));
        return good
            ? new MillerIndices(values[0], values[1], values[2])
            : throw new InputException($"'{text}' is no reflection; give three whole numbers such as 111 or 1,-1,1");
    }

    public override string ToString() =>
        H is >= 0 and < 10 && K is >= 0 and < 10 && L is >= 0 and < 10 ? $"{H}{K}{L}" : $"{H},{K},{L}";
}
