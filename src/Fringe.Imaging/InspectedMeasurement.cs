using System.Globalization;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging;

/// <summary>A measurement as phasing would take it, looked at without phasing: managed data.</summary>
public sealed record InspectedMeasurement
{
    /// <summary>As read.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>What preparation would do.</summary>
    public required PreparationSummary Preparation { get; init; }

    /// <summary>Where the peak is in the stack.</summary>
    public required VoxelPlace PeakPlace { get; init; }

    /// <summary>What the detector saw, with everything masked that was not measured.</summary>
    public required StackPreview Preview { get; init; }

    /// <summary>Where the peak is, what was read and what was done to it.</summary>
    public IReadOnlyList<AccountLine> Account =>
        [
            new(
                "peak",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"frame {PeakPlace.Frame:0.#}, row {PeakPlace.Row:0.#}, column {PeakPlace.Column:0.#}, all from 0; {NumberText.Figure(Preparation.Photons)} photons about it"
                )
            ),
            .. DataAccount.Of(Measurement, Preparation),
        ];

    /// <summary>What a person should know of it before phasing, one sentence each.</summary>
    public IReadOnlyList<string> Notes => [.. Measurement.Reading.Remarks, .. RunNotes.OfPreparation(Preparation)];

    /// <summary>Looks at a measurement.</summary>
    /// <param name="measurement">As read; borrowed.</param>
    /// <param name="options">How it would be prepared.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="InputException">Nothing measured holds a photon, or the corrections do not fit.</exception>
    public static InspectedMeasurement Of(
        Measurement measurement,
        PreparationOptions options,
        CancellationToken cancellation = default
    )
    {
        OptionProblem.RequireNone(options.Validate());
        (PreparationSummary summary, StackPreview preview) = measurement.Preview(options, cancellation);
        return new InspectedMeasurement
        {
            Measurement = measurement,
            Preparation = summary,
            PeakPlace = summary.PeakPlace(Axes3.FromList(options.Bin)),
            Preview = preview,
        };
    }
}
