using Fringe.Core.Geometry;

namespace Fringe.Imaging.Crystals;

/// <summary>The frames' names in files and for people.</summary>
internal static class FrameWords
{
    /// <summary>"laboratory" or "crystal".</summary>
    public static string Of(ObjectFrame frame) =>
        frame switch
        {
            ObjectFrame.Laboratory => "laboratory",
            ObjectFrame.Crystal => "crystal",
            _ => throw new ArgumentOutOfRangeException(nameof(frame)),
        };
}
