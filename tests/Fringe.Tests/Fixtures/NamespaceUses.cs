using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Fringe.Tests.Fixtures;

/// <summary>One use of a type of another namespace, such as <c>PhaseCommand.Run -> ResultWriter</c>.</summary>
/// <param name="From">Namespace of the user.</param>
/// <param name="To">Namespace of what is used.</param>
/// <param name="User">Type and member that use it; for a base type or an interface the type alone.</param>
/// <param name="Used">The used type's name.</param>
internal readonly record struct NamespaceUse(string From, string To, string User, string Used);

/// <summary>
/// Which namespaces of an assembly use which, read from its metadata: base types, interfaces, constraints, fields, signatures,
/// local variables and every token in the code. Constants and <c>nameof</c> leave no trace there. A nested type belongs to the
/// namespace of the outermost one, so a lambda counts where it is written; a parent and a child namespace are two.
/// </summary>
internal sealed class NamespaceUses : ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xffff, code => code.OperandType);

    private readonly MetadataReader metadata;
    private readonly string prefix;
    private readonly HashSet<NamespaceUse> uses = [];

    private NamespaceUses(MetadataReader metadata, string prefix) => (this.metadata, this.prefix) = (metadata, prefix);

    /// <summary>What an assembly's own types use outside their own namespace.</summary>
    /// <param name="assembly">Its types in namespaces below Fringe are looked at.</param>
    /// <param name="prefix">Uses of this namespace and those below it are wanted, in whichever assembly they are.</param>
    public static IReadOnlyCollection<NamespaceUse> Read(Assembly assembly, string prefix = "Fringe")
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        NamespaceUses reader = new(file.GetMetadataReader(), prefix);
        foreach (TypeDefinitionHandle type in reader.metadata.TypeDefinitions)
        {
            reader.AddType(file, type);
        }

        return reader.uses;
    }

    /// <summary>The shortest way from a namespace back to itself, one use a step; empty where there is none.</summary>
    public static IReadOnlyList<NamespaceUse> ShortestCircle(IEnumerable<NamespaceUse> all)
    {
        ILookup<string, NamespaceUse> arrows = all.DistinctBy(use => (use.From, use.To)).ToLookup(use => use.From);
        return arrows
                .Select(group => ShortestWay(arrows, group.Key, group.Key))
                .Where(way => way.Count > 0)
                .MinBy(way => way.Count)
            ?? [];
    }

    /// <summary>The shortest way along uses, by breadth first; empty where there is none.</summary>
    public static IReadOnlyList<NamespaceUse> ShortestWay(ILookup<string, NamespaceUse> arrows, string from, string to)
    {
        Dictionary<string, ImmutableArray<NamespaceUse>> ways = [];
        Queue<(string At, ImmutableArray<NamespaceUse> Way)> next = new([(from, [])]);
        while (next.TryDequeue(out (string At, ImmutableArray<NamespaceUse> Way) step))
        {
            foreach (NamespaceUse use in arrows[step.At].Where(use => !ways.ContainsKey(use.To)))
            {
                ways[use.To] = step.Way.Add(use);
                next.Enqueue((use.To, ways[use.To]));
            }
        }

        return ways.GetValueOrDefault(to, []);
    }

    public ImmutableArray<EntityHandle> GetPrimitiveType(PrimitiveTypeCode code) => [];

    public ImmutableArray<EntityHandle> GetTypeFromDefinition(
        MetadataReader reader,
        TypeDefinitionHandle type,
        byte kind
    ) => [type];

    public ImmutableArray<EntityHandle> GetTypeFromReference(
        MetadataReader reader,
        TypeReferenceHandle type,
        byte kind
    ) => [type];

    public ImmutableArray<EntityHandle> GetTypeFromSpecification(
        MetadataReader reader,
        object? context,
        TypeSpecificationHandle type,
        byte kind
    ) => reader.GetTypeSpecification(type).DecodeSignature(this, context);

    public ImmutableArray<EntityHandle> GetSZArrayType(ImmutableArray<EntityHandle> type) => type;

    public ImmutableArray<EntityHandle> GetArrayType(ImmutableArray<EntityHandle> type, ArrayShape shape) => type;

    public ImmutableArray<EntityHandle> GetByReferenceType(ImmutableArray<EntityHandle> type) => type;

    public ImmutableArray<EntityHandle> GetPointerType(ImmutableArray<EntityHandle> type) => type;

    public ImmutableArray<EntityHandle> GetPinnedType(ImmutableArray<EntityHandle> type) => type;

    public ImmutableArray<EntityHandle> GetModifiedType(
        ImmutableArray<EntityHandle> modifier,
        ImmutableArray<EntityHandle> type,
        bool isRequired
    ) => [.. modifier, .. type];

    public ImmutableArray<EntityHandle> GetGenericInstantiation(
        ImmutableArray<EntityHandle> type,
        ImmutableArray<ImmutableArray<EntityHandle>> arguments
    ) => [.. type, .. arguments.SelectMany(argument => argument)];

    public ImmutableArray<EntityHandle> GetGenericMethodParameter(object? context, int index) => [];

    public ImmutableArray<EntityHandle> GetGenericTypeParameter(object? context, int index) => [];

    public ImmutableArray<EntityHandle> GetFunctionPointerType(
        MethodSignature<ImmutableArray<EntityHandle>> signature
    ) => Flatten(signature);

    private static ImmutableArray<EntityHandle> Flatten(MethodSignature<ImmutableArray<EntityHandle>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    private void AddType(PEReader file, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        (string from, string name) = Outermost(handle);
        if (!IsIn("Fringe", from))
        {
            return;
        }

        Add(from, name, type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
        {
            Add(from, name, metadata.GetInterfaceImplementation(implemented).Interface);
        }

        AddConstraints(from, name, type.GetGenericParameters());
        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            FieldDefinition definition = metadata.GetFieldDefinition(field);
            Add(from, $"{name}.{metadata.GetString(definition.Name)}", definition.DecodeSignature(this, null));
        }

        foreach (MethodDefinitionHandle method in type.GetMethods())
        {
            MethodDefinition definition = metadata.GetMethodDefinition(method);
            string user = $"{name}.{metadata.GetString(definition.Name)}";
            AddConstraints(from, user, definition.GetGenericParameters());
            Add(from, user, Flatten(definition.DecodeSignature(this, null)));
            if (definition.RelativeVirtualAddress != 0)
            {
                AddBody(from, user, file.GetMethodBody(definition.RelativeVirtualAddress));
            }
        }
    }

    private void AddConstraints(string from, string user, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterHandle parameter in parameters)
        {
            foreach (
                GenericParameterConstraintHandle constraint in metadata.GetGenericParameter(parameter).GetConstraints()
            )
            {
                Add(from, user, metadata.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    private void AddBody(string from, string user, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            Add(
                from,
                user,
                [
                    .. metadata
                        .GetStandaloneSignature(body.LocalSignature)
                        .DecodeLocalSignature(this, null)
                        .SelectMany(types => types),
                ]
            );
        }

        foreach (ExceptionRegion region in body.ExceptionRegions.Where(region => !region.CatchType.IsNil))
        {
            Add(from, user, region.CatchType);
        }

        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int first = code.ReadByte();
            OperandType operand = Operands[first == 0xfe ? 0xfe00 | code.ReadByte() : first];
            if (
                operand
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                Add(from, user, MetadataTokens.EntityHandle(code.ReadInt32()));
            }
            else
            {
                Skip(ref code, operand);
            }
        }
    }

    private static void Skip(ref BlobReader code, OperandType operand) =>
        code.Offset += operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            // A count and as many targets.
            OperandType.InlineSwitch => 4 + (4 * code.ReadInt32()),
            _ => 4,
        };

    private void Add(string from, string user, ImmutableArray<EntityHandle> handles)
    {
        foreach (EntityHandle handle in handles)
        {
            Add(from, user, handle);
        }
    }

    private void Add(string from, string user, EntityHandle handle)
    {
        switch (handle.IsNil ? default : handle.Kind)
        {
            case HandleKind.TypeDefinition:
            case HandleKind.TypeReference:
                (string to, string used) = Outermost(handle);
                if (IsIn(prefix, to) && to != from)
                {
                    uses.Add(new NamespaceUse(from, to, user, used));
                }

                break;
            case HandleKind.TypeSpecification:
                Add(
                    from,
                    user,
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null)
                );
                break;
            case HandleKind.FieldDefinition:
                Add(from, user, metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Add(from, user, metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(from, user, metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(from, user, method.Method);
                Add(from, user, [.. method.DecodeSignature(this, null).SelectMany(types => types)]);
                break;
        }
    }

    private (string Namespace, string Name) Outermost(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            TypeDefinition type = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
            return type.IsNested
                ? Outermost(type.GetDeclaringType())
                : (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
        }

        TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference
            ? Outermost(reference.ResolutionScope)
            : (metadata.GetString(reference.Namespace), metadata.GetString(reference.Name));
    }

    private static bool IsIn(string prefix, string name) =>
        name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal);
}
