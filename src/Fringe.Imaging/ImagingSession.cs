using Fringe.Core;
using Fringe.Core.Preparation;

namespace Fringe.Imaging;

/// <summary>
/// One measurement while it grows: frames come in any order, the object is kept from one update to the next, and the end is as if the whole
/// measurement had been read at once. For one caller at a time; sessions of one imager take turns. What it gives away is managed data.
/// Owns what it keeps.
/// </summary>
public sealed class ImagingSession : IDisposable
{
    private readonly Imager imager;
    private readonly ScanHeader header;
    private readonly ImagingOptions options;
    private readonly GrowingStack stack;
    private readonly LiveObject live;
    private Corrections corrections = new();

    internal ImagingSession(Imager imager, ScanHeader header, ImagingOptions options)
    {
        this.imager = imager;
        this.header = header;
        this.options = options;
        stack = new GrowingStack(header);
        live = new LiveObject(imager, options);
    }

    /// <summary>Frames that are there.</summary>
    public int Frames => stack.Frames;

    /// <summary>Gives dark counts, flat field and mask, in place of any given before.</summary>
    /// <param name="given">Borrowed for as long as the session.</param>
    public void Correct(Corrections given)
    {
        corrections = given;
        live.Renew();
    }

    /// <summary>Puts a frame in its place.</summary>
    /// <param name="frame">Copied.</param>
    /// <exception cref="InputException">It is there already, beyond the scan, or of another size; the session goes on.</exception>
    public void Add(DetectorFrame frame)
    {
        stack.Add(frame);
        live.Renew();
    }

    /// <summary>
    /// Makes the object better, from the object before and with what frames there are. The voxels that judge it stay unseen, whatever frames
    /// come; the twin and the place stay as they were.
    /// </summary>
    /// <param name="atMost">How long to compute: at least one step is done, and a step, as the preparation of new frames, is not cut short.</param>
    /// <param name="cancellation">Looked at before every step; the session can go on afterwards.</param>
    /// <returns>How the measurement stands; waiting where there are no photons yet.</returns>
    /// <exception cref="InputException">The corrections do not fit the frames.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SessionUpdate Advance(TimeSpan atMost, CancellationToken cancellation = default) =>
        stack.Frames == 0
            ? new SessionUpdate(0, SessionStage.Waiting)
            : imager.Compute(() => live.Advance(Measured(), stack.Frames, atMost, cancellation));

    /// <summary>
    /// The result of the frames that are there, phased afresh: of all frames the same bytes as <see cref="Imager.Image(Measurement, ImagingOptions, IProgress{ImagingUpdate}?, CancellationToken)"/>
    /// of the whole measurement. The session can go on afterwards.
    /// </summary>
    /// <param name="watch">Told after every step, from the threads that compute, one at a time; may be null.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">There is no photon, or no start gave finite numbers.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImagingResult Finish(IProgress<ImagingUpdate>? watch = null, CancellationToken cancellation = default) =>
        stack.Frames == 0
            ? throw new InputException($"{header.Name}: no frame has come")
            : imager.Image(Measured(), options, watch, cancellation);

    /// <inheritdoc/>
    public void Dispose() =>
        imager.Compute(() =>
        {
            live.Dispose();
            return true;
        });

    private Measurement Measured() =>
        new()
        {
            Name = header.Name,
            Stack = stack.Counts,
            MeasuredFrames = stack.Measured,
            Corrections = corrections,
            Scan = header.Scan,
            Initial = header.Initial,
        };
}
