using System.Reflection;
using System.Runtime.CompilerServices;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Architecture;

/// <summary>How types, fields and parameters are declared.</summary>
public sealed class DeclarationsTests
{
    private const int MostParameters = 6;
    private const BindingFlags All =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    [Fact]
    public void Classes_Everywhere_AreSealedAbstractOrStatic() =>
        Assert.Empty(
            House
                .OwnTypes()
                .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
                .Select(type => type.FullName)
        );

    [Fact]
    public void Interfaces_Own_HaveSeveralImplementationsOrNone()
    {
        Type[] types = [.. House.OwnTypes()];

        Assert.Empty(
            types
                .Where(type =>
                    type.IsInterface && types.Count(other => other != type && type.IsAssignableFrom(other)) == 1
                )
                .Select(type => type.FullName)
        );
    }

    [Fact]
    public void Statics_HoldNoState() =>
        House.AreKnown(
            House
                .OwnTypes()
                .SelectMany(type => type.GetFields(All))
                .Where(field =>
                    field.IsStatic && !field.IsLiteral && (!field.IsInitOnly || IsChangeable(field.FieldType))
                )
                .Where(field =>
                    field.Name.StartsWith('<') ? field.Name.EndsWith("k__BackingField") : !House.IsGenerated(field)
                )
                .Select(field => $"{House.Name(field.DeclaringType!)}.{field.Name}")
        );

    // `with` would copy who owns it.
    [Fact]
    public void Records_HoldNothingToDispose() =>
        House.AreKnown(
            House
                .OwnTypes()
                .Where(IsRecord)
                .Where(type =>
                    IsDisposable(type) || type.GetFields(All).Any(field => !field.IsStatic && Holds(field.FieldType))
                )
                .Select(House.Name),
            "FoundObject",
            "ModulusProjection",
            "PhasingResult",
            "RefinementObjective"
        );

    [Fact]
    public void NativeMemory_IsUsedByKernelsOnly() =>
        House.AreKnown(
            House
                .Assemblies.SelectMany(assembly => NamespaceUses.Read(assembly))
                .Where(use => use.Used == "NativeMemory")
                .Select(use => $"{use.From}.{use.User.Split('.')[0]}")
        );

    [Fact]
    public void Parameters_AtMostSix() =>
        House.AreKnown(
            House
                .OwnTypes()
                .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
                .Where(method => !House.IsGenerated(method) && method.GetParameters().Length > MostParameters)
                .Select(method => $"{House.Name(method.DeclaringType!)}.{method.Name.TrimStart('.')}"),
            "AdamMoments.StepFused",
            "AdamMoments.StepWithTorch",
            "ComparedWay.ctor",
            "Convolution.ctor",
            "CrystalProvenance.ctor",
            "EpochRecord.ctor",
            "ErrorSummary.ctor",
            "ExampleScore.ctor",
            "FieldPanels.ctor",
            "GaussianBlur.AlongSlabs",
            "NpyData.Read",
            "PictureText.Draw",
            "PictureText.DrawParagraph",
            "PredictionPicture.Write",
            "SimulateScanCommand.Run",
            "SimulationLog.Add",
            "StrainPicture.DrawSurfaces",
            "TotalVariationPasses.Flow",
            "TotalVariationPasses.MoveDual",
            "TotalVariationPasses.MovePrimal",
            "TrainingProgress.ctor",
            "VirtualStack.Find"
        );

    // The executable hands arrays to pictures and files; tensors are the libraries' business.
    [Fact]
    public void App_Metadata_NamesNoTensor() =>
        House.AreKnown(NamespaceUses.Read(House.App, "TorchSharp").Select(use => use.User));

    // A limit that decides about a result belongs to a library; how a picture looks is the executable's.
    [Fact]
    public void App_Constants_AreOfPicturesOnly() =>
        House.AreKnown(
            House
                .OwnTypes()
                .Where(type => type.Assembly == House.App)
                .Where(type =>
                    type.Namespace!.Split('.').ElementAtOrDefault(2) is not ("Pictures" or "Terminal" or "Live")
                )
                .SelectMany(type => type.GetFields(All))
                .Where(field =>
                    field.IsLiteral && (field.FieldType == typeof(double) || field.FieldType == typeof(float))
                )
                .Select(field => $"{House.Name(field.DeclaringType!)}.{field.Name}")
        );

    [Fact]
    public void LeakCheckedTests_All_RunAlone() =>
        Assert.Empty(
            typeof(DeclarationsTests)
                .Assembly.GetTypes()
                .Where(type =>
                    type.IsDefined(typeof(LeakCheckAttribute))
                    || type.GetMethods().Any(method => method.IsDefined(typeof(LeakCheckAttribute)))
                )
                .Where(type =>
                    !type.GetCustomAttributesData()
                        .Any(data =>
                            data.AttributeType == typeof(CollectionAttribute)
                            && data.ConstructorArguments[0].Value as string == TensorTests.Name
                        )
                )
                .Select(type => type.FullName)
        );

    // A lookup that is filled once is a constant in all but name; one that can be added to is state.
    private static bool IsChangeable(Type type) =>
        type.Namespace is "System.Collections.Generic" or "System.Collections.Concurrent" && type.IsClass;

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", All) is not null
        || (
            type.IsValueType
            && type.GetMethod("PrintMembers", All)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true
        );

    private static bool Holds(Type type) =>
        IsDisposable(type)
        || (type.IsArray && Holds(type.GetElementType()!))
        || (type.IsGenericType && !type.IsSubclassOf(typeof(Delegate)) && type.GetGenericArguments().Any(Holds));

    private static bool IsDisposable(Type type) => typeof(IDisposable).IsAssignableFrom(type);
}
