using Fringe.Core.Geometry;
using Fringe.Core.Phasing;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Methods;

namespace Fringe.Tests.Imaging;

/// <summary>Words in files, on which scripts rely: renaming a member of an enumeration must not change them.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Methods_InFiles_KeepTheirWords() =>
        Assert.Equal(
            ["auto", "network", "refine", "refine", "iterative"],
            new ImagingMethod[]
            {
                new Automatic(),
                new FromNetwork(),
                new FromRandom(),
                new FromObject(),
                new Iterations(),
            }.Select(method => method.Name)
        );

    [Fact]
    public void Frames_InFiles_KeepTheirWords() =>
        Assert.Equal(
            ["laboratory", "crystal"],
            new[] { ObjectFrame.Laboratory, ObjectFrame.Crystal }.Select(FrameWords.Of)
        );

    [Fact]
    public void Words_EveryMember_HasOne() =>
        Assert.All(Enum.GetValues<ObjectFrame>(), frame => Assert.NotEmpty(FrameWords.Of(frame)));

    [Fact]
    public void Origins_InFiles_KeepTheirWords() =>
        Assert.Equal(["network", "given", "before"], [Origins.Network, Origins.Given, MovedObject.Name]);
}
