namespace Fringe.Core.Preparation;

/// <summary>
/// Voxels that hold little and are enclosed on all sides by far brighter ones: counts that wrapped round at the largest number of their type, or pixels that were paralysed. The dark
/// places of a pattern are lines, never closed in.
/// </summary>
internal static class Craters
{
    // Of the largest count: what encloses, and what lies within.
    private const float Rim = 0.25f;
    private const float Floor = 0.05f;
    private const float LeastCounts = 1000;

    /// <summary>Masks them in place.</summary>
    /// <param name="stack">Cleaned, its hot pixels masked.</param>
    /// <returns>Indices of their voxels.</returns>
    public static IReadOnlyList<int> Mask(WorkingStack stack)
    {
        int pixels = stack.Height * stack.Width;
        float largest = FrameLoop
            .Of(stack.Depth, frame => Largest(stack.Intensity.AsSpan(frame * pixels, pixels)))
            .Max();
        if (largest < LeastCounts)
        {
            return [];
        }

        float rim = Rim * largest;
        Box box = Box.About(stack, rim);
        bool[] isReached = Outside(stack, box, rim);
        ReachShell(stack, box, rim, isReached);
        List<int> found = [];
        for (int voxel = 0; voxel < isReached.Length; voxel++)
        {
            if (!isReached[voxel])
            {
                int[] hole = [.. Hole(box, voxel, isReached).Where(index => !stack.Mask[index])];
                if (hole.Any(index => stack.Intensity[index] < Floor * largest))
                {
                    found.AddRange(hole);
                }
            }
        }

        found.ForEach(stack.MaskOut);
        return found;
    }

    // What is bright and hangs together with what is bright beside the outside; bright islands within a hole do not: there counts wrapped the farthest.
    private static void ReachShell(WorkingStack stack, Box box, float rim, bool[] isReached)
    {
        bool[] isOutside = [.. isReached];
        Stack<int> open = [];
        for (int voxel = 0; voxel < isReached.Length; voxel++)
        {
            if (!isOutside[voxel] && (box.IsOnFace(voxel) || box.Beside(voxel).Any(near => isOutside[near])))
            {
                Open(voxel);
            }
        }

        while (open.TryPop(out int voxel))
        {
            foreach (int near in box.Beside(voxel))
            {
                Open(near);
            }
        }

        void Open(int voxel)
        {
            if (!isReached[voxel] && stack.Intensity[box.Index(voxel)] >= rim)
            {
                isReached[voxel] = true;
                open.Push(voxel);
            }
        }
    }

    // Indices of what hangs together and was not reached; reached from then on.
    private static List<int> Hole(Box box, int start, bool[] isReached)
    {
        List<int> hole = [start];
        isReached[start] = true;
        for (int i = 0; i < hole.Count; i++)
        {
            foreach (int near in box.Beside(hole[i]))
            {
                if (!isReached[near])
                {
                    isReached[near] = true;
                    hole.Add(near);
                }
            }
        }

        return [.. hole.Select(box.Index)];
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    // What is not bright and can be reached from the faces of the box.
    private static bool[] Outside(WorkingStack stack, Box box, float rim)
    {
        bool[] isOutside = new bool[box.Voxels];
        Stack<int> open = [];
        for (int voxel = 0; voxel < isOutside.Length; voxel++)
        {
            if (box.IsOnFace(voxel))
            {
                Open(voxel);
            }
        }

        while (open.TryPop(out int voxel))
        {
            foreach (int near in box.Beside(voxel))
            {
                Open(near);
            }
        }

        return isOutside;

        void Open(int voxel)
        {
            if (!isOutside[voxel] && !(stack.Intensity[box.Index(voxel)] >= rim))
            {
                isOutside[voxel] = true;
                open.Push(voxel);
            }
        }
    }

    /// <summary>The part of a stack that holds all that is bright.</summary>
    private sealed class Box(WorkingStack stack, int[] first, int[] length)
    {
        public int Voxels => length[0] * length[1] * length[2];

        /// <summary>One voxel beyond what is bright.</summary>
        public static Box About(WorkingStack stack, float rim)
        {
            int[] shape = stack.Shape;
            int[] least = [.. shape];
            int[] most = [-1, -1, -1];
            for (int i = 0; i < stack.Intensity.Length; i++)
            {
                if (stack.Intensity[i] >= rim)
                {
                    int[] at = [i / (shape[1] * shape[2]), i / shape[2] % shape[1], i % shape[2]];
                    for (int axis = 0; axis < 3; axis++)
                    {
                        least[axis] = Math.Min(least[axis], at[axis]);
                        most[axis] = Math.Max(most[axis], at[axis]);
                    }
                }
            }

            int[] first = [.. least.Select(index => Math.Max(0, index - 1))];
            return new Box(
                stack,
                first,
                [.. most.Select((index, axis) => Math.Min(shape[axis], index + 2) - first[axis])]
            );
        }

        public int Index(int voxel)
        {
            (int z, int y, int x) = At(voxel);
            return ((((z + first[0]) * stack.Height) + y + first[1]) * stack.Width) + x + first[2];
        }

        public bool IsOnFace(int voxel)
        {
            (int z, int y, int x) = At(voxel);
            return z == 0 || y == 0 || x == 0 || z == length[0] - 1 || y == length[1] - 1 || x == length[2] - 1;
        }

        public IEnumerable<int> Beside(int voxel)
        {
            (int z, int y, int x) = At(voxel);
            int plane = length[1] * length[2];
            if (z > 0)
            {
                yield return voxel - plane;
            }

            if (z < length[0] - 1)
            {
                yield return voxel + plane;
            }

            if (y > 0)
            {
                yield return voxel - length[2];
            }

            if (y < length[1] - 1)
            {
                yield return voxel + length[2];
            }

            if (x > 0)
            {
                yield return voxel - 1;
            }

            if (x < length[2] - 1)
            {
                yield return voxel + 1;
            }
        }

        private (int Z, int Y, int X) At(int voxel) =>
            (voxel / (length[1] * length[2]), voxel / length[2] % length[1], voxel % length[2]);
    }
}
