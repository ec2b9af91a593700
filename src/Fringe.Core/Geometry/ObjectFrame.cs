namespace Fringe.Core.Geometry;

/// <summary>The orthogonal frames an object is shown in.</summary>
public enum ObjectFrame
{
    /// <summary>z along the beam, y up, x the third of a right-handed frame.</summary>
    Laboratory,

    /// <summary>The scattering vector along y: the laboratory frame after the smallest turn that brings it there.</summary>
    Crystal,
}
