using System.CommandLine;
using Fringe.App.Commands;
using Fringe.App.Runtime;

NativeRuntime.Configure();
RootCommand root = new(
    "Fringe: from a measured 3D Bragg coherent diffraction pattern to the crystal's shape and strain."
)
{
    PhaseCommand.Build(),
    CompareCommand.Build(),
    InspectCommand.Build(),
    SimulateCommand.Build(),
    TrainCommand.Build(),
    PredictCommand.Build(),
    EvaluateCommand.Build(),
};
DecimalPointOnly.Require(root);
int code = CommandRunner.Run(root, args);

// A process that ends in the usual way takes a tenth of a second to take torch apart.
NativeRuntime.ExitNow(code);
return code;
