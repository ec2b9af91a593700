namespace Fringe.Formats.Arrays;

/// <summary>What an array is wanted for, which decides between several where neither the user nor the file says which.</summary>
internal enum ArrayRole
{
    /// <summary>A measurement: a stack of frames.</summary>
    Stack,

    /// <summary>Frames that another dataset names, whatever they are.</summary>
    Part,

    /// <summary>An image, or one a frame: which pixels were not measured.</summary>
    Mask,

    /// <summary>An image, or one a frame: dark counts.</summary>
    Dark,

    /// <summary>An image, or one a frame: the pixels' relative efficiency.</summary>
    Flat,
}
