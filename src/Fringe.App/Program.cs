using System.CommandLine;
using Fringe.App.Commands;
using Fringe.App.Runtime;
using Fringe.Imaging.Files;

NativeRuntime.Configure();
OutputFolders folders = new();
RootCommand root = new(
    "Fringe: from a measured 3D Bragg coherent diffraction pattern to the crystal's shape and strain."
)
{
    PhaseCommand.Build(folders),
    CompareCommand.Build(folders),
    InspectCommand.Build(),
    ConvertCommand.Build(),
    SimulateCommand.Build(folders),
    TrainCommand.Build(folders),
    PredictCommand.Build(folders),
    EvaluateCommand.Build(folders),
};
DecimalPointOnly.Require(root);
int code = new CommandRunner(folders).Run(root, args);

// A process that ends in the usual way takes a tenth of a second to take torch apart.
NativeRuntime.ExitNow(code);
return code;
