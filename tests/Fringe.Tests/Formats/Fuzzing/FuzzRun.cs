using System.Diagnostics;
using Fringe.Core;

namespace Fringe.Tests.Formats.Fuzzing;

/// <summary>
/// What became of damaged files: each is read or refused with one line. Anything else (another exception, a hang, the process's
/// end, memory without bound) is a fault.
/// </summary>
/// <param name="Read">Files that could still be read.</param>
/// <param name="Refused">Files refused with one line.</param>
/// <param name="Seconds">For all.</param>
/// <param name="SlowestMilliseconds">For one.</param>
/// <param name="SlowestFile">Index of that one.</param>
internal sealed record FuzzRun(int Read, int Refused, double Seconds, long SlowestMilliseconds, int SlowestFile)
{
    /// <summary>Damages and reads files, the same ones for the same seed.</summary>
    /// <param name="reader">Borrowed.</param>
    /// <param name="files">How many.</param>
    /// <param name="seed">Of the damage.</param>
    /// <param name="cancellation">Looked at in each file.</param>
    /// <exception cref="InvalidOperationException">A file was neither read nor refused with one line; says which.</exception>
    public static FuzzRun Of(FuzzedReader reader, int files, int seed, CancellationToken cancellation = default)
    {
        Mutator mutator = new(seed);
        var clock = Stopwatch.StartNew();
        (int read, int refused) = (0, 0);
        (long slowest, int slowestFile) = (0, 0);
        for (int i = 0; i < files; i++)
        {
            byte[] damaged = mutator.Mutate(reader.Originals[i % reader.Originals.Count], reader.HeaderBytes);
            long start = clock.ElapsedMilliseconds;
            try
            {
                reader.Read(damaged, cancellation);
                read++;
            }
            catch (InputException error) when (!error.Message.Contains('\n'))
            {
                refused++;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new InvalidOperationException($"file {i} of {reader.Name}, seed {seed}", error);
            }

            if (clock.ElapsedMilliseconds - start > slowest)
            {
                (slowest, slowestFile) = (clock.ElapsedMilliseconds - start, i);
            }
        }

        return new FuzzRun(read, refused, clock.Elapsed.TotalSeconds, slowest, slowestFile);
    }
}
