using System.Globalization;

namespace Fringe.Benchmarks.Hard;

/// <summary>What the product made of one hard crystal: a line of the study's file.</summary>
internal sealed record HardRun
{
    private const char Quote = '"';

    /// <summary>The first line of a file of them.</summary>
    public const string Header =
        "kind,seed,method,error,error_on_pattern,chi,free_misfit,misfit,noise_chi,verdict,blur_z,blur_y,blur_x,twin_share,"
        + "oversampling_z,oversampling_y,oversampling_x,support_voxels,shape,starts,origin,seconds,code,reason";

    public required string Kind { get; init; }

    public required int Seed { get; init; }

    public required string Method { get; init; }

    /// <summary>Real-space error against the true object, on the whole detector: what preparation cut off of its far field is missing.</summary>
    public required double Error { get; init; }

    /// <summary>The same on the prepared pattern's grid: nothing is missing that the pattern does not show.</summary>
    public required double ErrorOnPattern { get; init; }

    public required double Chi { get; init; }

    /// <summary>Free misfit over what photon noise leaves of it.</summary>
    public required double FreeMisfit { get; init; }

    /// <summary>Misfit of the voxels with more than one predicted photon over what photon noise leaves of it.</summary>
    public required double Misfit { get; init; }

    /// <summary>The chi that photon noise alone leaves.</summary>
    public required double NoiseChi { get; init; }

    /// <summary>good, doubtful or failed.</summary>
    public required string Verdict { get; init; }

    /// <summary>Standard deviations of the blur that was found along z, y, x, voxels; 0 = none.</summary>
    public required IReadOnlyList<double> Blur { get; init; }

    /// <summary>How much twin is in the object for each part of truth, on the pattern's grid; NaN where the truth is its own twin.</summary>
    public required double TwinShare { get; init; }

    /// <summary>Oversampling ratios as they were reported, along z, y, x.</summary>
    public required IReadOnlyList<double> Oversampling { get; init; }

    public required long SupportVoxels { get; init; }

    /// <summary>Of the prepared pattern, <c>64x64x64</c>.</summary>
    public required string Shape { get; init; }

    /// <summary>How many were run.</summary>
    public required int Starts { get; init; }

    /// <summary>Of the best start.</summary>
    public required string Origin { get; init; }

    /// <summary>Of the processor, all threads together: what else the machine does matters less than to those of the clock.</summary>
    public required double Seconds { get; init; }

    /// <summary>Revision that the program was built from.</summary>
    public required string Code { get; init; }

    /// <summary>Of the verdict.</summary>
    public required string Reason { get; init; }

    /// <summary>What a run is told apart by.</summary>
    public (string Kind, int Seed, string Method) Key => (Kind, Seed, Method);

    public override string ToString()
    {
        static string Three(IReadOnlyList<double> values) =>
            string.Join(',', values.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind},{Seed},{Method},{Error:F5},{ErrorOnPattern:F5},{Chi:G5},{FreeMisfit:F4},{Misfit:F4},{NoiseChi:G5},{Verdict},{Three(Blur)},"
                + $"{TwinShare:F4},{Three(Oversampling)},{SupportVoxels},{Shape},{Starts},{Origin},{Seconds:F2},{Code},"
                + $"{Quote}{Reason.Replace(Quote, '\'')}{Quote}"
        );
    }

    /// <param name="line">As <see cref="ToString"/> writes it.</param>
    /// <returns>null for a line that was cut off.</returns>
    public static HardRun? TryParse(string line)
    {
        string[] parts = line.Split(',', Header.Split(',').Length);
        if (parts.Length < Header.Split(',').Length || parts[^1].Length < 2 || parts[^1][^1] != Quote)
        {
            return null;
        }

        double Number(int index) => double.Parse(parts[index], CultureInfo.InvariantCulture);
        return new HardRun
        {
            Kind = parts[0],
            Seed = (int)Number(1),
            Method = parts[2],
            Error = Number(3),
            ErrorOnPattern = Number(4),
            Chi = Number(5),
            FreeMisfit = Number(6),
            Misfit = Number(7),
            NoiseChi = Number(8),
            Verdict = parts[9],
            Blur = [Number(10), Number(11), Number(12)],
            TwinShare = Number(13),
            Oversampling = [Number(14), Number(15), Number(16)],
            SupportVoxels = (long)Number(17),
            Shape = parts[18],
            Starts = (int)Number(19),
            Origin = parts[20],
            Seconds = Number(21),
            Code = parts[22],
            Reason = parts[23].Trim(Quote),
        };
    }
}
