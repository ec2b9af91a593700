using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Detectors;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Detectors;

public sealed class DetectorLibraryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Sizes and gaps as pyFAI has them: what is left is whole modules.
    [Theory]
    [InlineData("eiger-500k", 514, 1030, 1)]
    [InlineData("eiger-1m", 1065, 1030, 2)]
    [InlineData("eiger-4m", 2167, 2070, 8)]
    [InlineData("eiger-9m", 3269, 3110, 18)]
    [InlineData("eiger-16m", 4371, 4150, 32)]
    [InlineData("eiger2-500k", 512, 1028, 1)]
    [InlineData("eiger2-1m", 1062, 1028, 2)]
    [InlineData("eiger2-1m-w", 512, 2068, 2)]
    [InlineData("eiger2-4m", 2162, 2068, 8)]
    [InlineData("eiger2-9m", 3262, 3108, 18)]
    [InlineData("eiger2-16m", 4362, 4148, 32)]
    [InlineData("eiger2-cdte-4m", 2162, 2068, 8)]
    [InlineData("pilatus-100k", 195, 487, 1)]
    [InlineData("pilatus-300k", 619, 487, 3)]
    [InlineData("pilatus-300k-w", 195, 1475, 3)]
    [InlineData("pilatus-1m", 1043, 981, 10)]
    [InlineData("pilatus-2m", 1679, 1475, 24)]
    [InlineData("pilatus-6m", 2527, 2463, 60)]
    [InlineData("pilatus-cdte-900k-w", 195, 4439, 9)]
    public void Find_ModularDetector_LeavesWholeModules(string name, int rows, int columns, int modules)
    {
        DetectorLayout layout = DetectorLibrary.Find(name, 1, 1);
        int pixels =
            layout.Family.StartsWith("eiger2", StringComparison.Ordinal) ? 512 * 1028
            : layout.Family == "eiger" ? 514 * 1030
            : 195 * 487;

        DetectorMask mask = layout.ToMask();

        Assert.Equal((name, rows, columns), (mask.Name, mask.Rows, mask.Columns));
        Assert.Equal(modules * pixels, mask.Gaps.Count(gap => !gap));
    }

    // What bcdi hides of the EIGER 4M of P10: gaps with a pixel to each side, and the outermost pixels.
    [Fact]
    public void Find_Eiger4M_MasksWhatBcdiDoes()
    {
        AssertMasked(
            "eiger-4m",
            rows: [(0, 0), (513, 551), (1064, 1102), (1615, 1653), (2166, 2166)],
            columns: [(0, 0), (1029, 1040), (2069, 2069)]
        );
    }

    [Fact]
    public void Find_DetectorsOfChips_MasksTheCross()
    {
        AssertMasked("maxipix-2x2", [(255, 260)], [(255, 260)]);
        AssertMasked("merlin-515", [(255, 259)], [(255, 259)]);
        AssertMasked("lambda-250k", [(256, 259)], [(256, 259)]);
    }

    [Fact]
    public void Find_TelluriumSensors_HaveTheColumnsInTheMiddleOfEachModule()
    {
        AssertMasked(
            "eiger2-cdte-4m",
            [(512, 549), (1062, 1099), (1612, 1649)],
            [(513, 514), (1028, 1039), (1553, 1554)]
        );
        AssertMasked("pilatus-cdte-300k-w", [], [(242, 244), (487, 493), (736, 738), (981, 987), (1230, 1232)]);
    }

    [Theory]
    [InlineData("Eiger2 4M", 10, 10, "eiger2-4m")]
    [InlineData("EIGER2-CdTe-1M", 10, 10, "eiger2-cdte-1m")]
    [InlineData("maxipix", 516, 516, "maxipix-2x2")]
    [InlineData("maxipix", 256, 1296, "maxipix-5x1")]
    [InlineData("merlin", 512, 512, "merlin-512")]
    [InlineData("pilatus", 619, 487, "pilatus-300k")]
    [InlineData("eiger2m", 100, 100, "eiger-2m")]
    [InlineData("lambda", 100, 100, "lambda-250k")]
    public void Find_NameOrFamily_IsTheDetector(string wanted, int rows, int columns, string name) =>
        Assert.Equal(name, DetectorLibrary.Find(wanted, rows, columns).Name);

    [Fact]
    public void Find_UnknownNameOrSize_SaysWhatThereIs()
    {
        string unknown = Refusal("rayonix", 512, 512);
        Assert.Contains("no detector 'rayonix' is known", unknown);
        Assert.Contains("eiger2-4m", unknown);
        string size = Refusal("pilatus", 200, 300);
        Assert.Contains("the frames have 200 x 300 pixels", size);
        Assert.Contains("pilatus-300k (619 x 487)", size);
        Assert.Contains("`RoiOrigin`", size);
    }

    [Fact]
    public void Find_UsersFile_IsRead()
    {
        string path = folder.File(
            "mine.json",
            """
            {
              "family": "mine", // of the laboratory
              "modules": {"shape": [3, 4], "gap": [1, 2]},
              "variants": {"mine-2": {"shape": [7, 10], "wide_areas": [[0, 1, 0, 0]]}},
              "source": "measured",
            }
            """
        );

        DetectorMask mask = DetectorLibrary.Find(path, 7, 10).ToMask();

        Assert.Equal(70 - (4 * 12), mask.Gaps.Count(gap => gap));
        Assert.Equal([0, 10], mask.Wide.Index().Where(pixel => pixel.Item).Select(pixel => pixel.Index));
    }

    [Theory]
    [InlineData("""{"family": "a", "variants": {"a": {"shape": [7, 10]}}}""", "lacks 'source'")]
    [InlineData("""{"family": "a", "variants": {}, "source": "b"}""", "it has no variant")]
    [InlineData("""{"family": "a", "variants": {"a": {"shape": [7]}}, "source": "b"}""", "a: its shape is two numbers")]
    [InlineData("""{"family": "a", "variants": {"a": null}, "source": "b"}""", "a: its shape is two numbers")]
    [InlineData(
        """{"family": "a", "variants": {"a": {"shape": [7, 9], "wide_rows": [[3, 7]]}}, "source": "b"}""",
        "within 7 x 9 pixels"
    )]
    [InlineData(
        """{"family": "a", "variants": {"a": {"shape": [7, 9], "wide_areas": [[0, 1, 8, 2]]}}, "source": "b"}""",
        "wide_areas are"
    )]
    [InlineData(
        """{"family": "a", "modules": {"shape": [0, 1], "gap": [1, 1]}, "variants": {"a": {"shape": [7, 9]}}, "source": "b"}""",
        "modules: shape and gap"
    )]
    [InlineData("""{"family": "a", "gaps": 1}""", "unknown key 'gaps'")]
    [InlineData("""{"family": """, "it is not JSON")]
    public void Find_FileThatIsNoDefinition_SaysWhatIsWrong(string json, string expected) =>
        Assert.Contains(expected, Refusal(folder.File("bad.json", json), 7, 9));

    [Fact]
    public void All_Definitions_NameTheirSourcesAndAreFoundByName()
    {
        IReadOnlyList<DetectorLayout> all = DetectorLibrary.All;

        Assert.Equal(
            all.Select(layout => layout.Family).Distinct().Order(StringComparer.Ordinal),
            DetectorLibrary.Families
        );
        Assert.Equal(all.Count, all.Select(layout => layout.Name).Distinct().Count());
        Assert.All(
            all,
            layout =>
            {
                Assert.NotEmpty(layout.FoundAs);
                Assert.Matches("bcdi|pyFAI", layout.Source);
                Assert.Equal(layout.Name, DetectorLibrary.Find(layout.Name, 1, 1).Name);
            }
        );
    }

    // As the header of DECTRIS's CBF files has it.
    [Theory]
    [InlineData("Detector", "PILATUS 300K, S/N 3-0101, Somewhere", 619, 487, "pilatus-300k")]
    [InlineData("header/detector", "PILATUS3 X CdTe 300K-W", 195, 1475, "pilatus-cdte-300k-w")]
    [InlineData("model", "EIGER2 XE 16M", 4362, 4148, "eiger2-16m")]
    [InlineData("Detector", "PILATUS 300K", 600, 487, null)]
    [InlineData("Detector", "SPilatus", 619, 487, null)]
    [InlineData("Detector_distance", "pilatus", 619, 487, null)]
    public void Describing_HeaderThatNamesTheDetector_IsItIfTheSizeFits(
        string key,
        string value,
        int rows,
        int columns,
        string? name
    )
    {
        FileDescription file = new("scan", "CBF", [], [new MetadataItem(key, value, null)]);
        MeasuredStack stack = new(new RealVolume(new float[rows * columns], 1, rows, columns), null, file, "");

        Assert.Equal(name, DetectorLibrary.Describing(stack)?.Layout.Name);
        Assert.Null(DetectorLibrary.Describing(stack with { PreparedOrigin = [0, 0, 0] }));
    }

    private static void AssertMasked(string name, (int First, int Last)[] rows, (int First, int Last)[] columns)
    {
        DetectorMask mask = DetectorLibrary.Find(name, 1, 1).ToMask();
        bool[] expected =
        [
            .. Enumerable
                .Range(0, mask.Rows * mask.Columns)
                .Select(i =>
                    rows.Any(range => i / mask.Columns >= range.First && i / mask.Columns <= range.Last)
                    || columns.Any(range => i % mask.Columns >= range.First && i % mask.Columns <= range.Last)
                ),
        ];
        Assert.Equal(expected, mask.Gaps.Zip(mask.Wide, (gap, wide) => gap || wide));
    }

    private static string Refusal(string name, int rows, int columns)
    {
        InputException error = Assert.Throws<InputException>(() => DetectorLibrary.Find(name, rows, columns));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
