using Fringe.Formats.Arrays;

namespace Fringe.Tests.Formats.Cbf;

/// <summary>The saturation that a CBF's header records.</summary>
public sealed class CbfCutoffTests
{
    [Fact]
    public void CompanionsOf_HeaderWithACutoff_HaveIt()
    {
        MetadataItem[] metadata = [new("Exposure_time", "1", "s"), new("Count_cutoff", "126634", "counts")];

        Assert.Equal(
            new RecordedSaturation(126634, "Count_cutoff"),
            Fringe.Formats.Frames.FrameCompanions.Of(metadata, []).Saturation
        );
        Assert.Null(Fringe.Formats.Frames.FrameCompanions.Of(metadata[..1], []).Saturation);
    }
}
