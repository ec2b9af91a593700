using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Fringe.Tests.Architecture;

namespace Fringe.Tests.Fixtures;

/// <summary>What a library shows to those who reference it: a line a type or member, without what the compiler adds to records.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    /// <summary>The lines, types in order of their names, members behind their type.</summary>
    public static string[] LinesOf(Assembly assembly) =>
        [
            .. assembly
                .GetTypes()
                .Where(type => type.IsVisible)
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .SelectMany(type => MembersOf(type).Order(StringComparer.Ordinal).Prepend(HeadOf(type))),
        ];

    private static string HeadOf(Type type)
    {
        bool isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        string kind =
            type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
            : type.IsValueType ? (isRecord ? "record struct" : "struct")
            : type.IsAbstract && type.IsSealed ? "static class"
            : $"{(type.IsAbstract ? "abstract" : "sealed")} {(isRecord ? "record" : "class")}";
        IEnumerable<Type> bases = type.GetInterfaces()
            .Except(type.BaseType?.GetInterfaces() ?? [])
            // A record is equatable anyhow.
            .Where(one => !one.IsGenericType || one.GetGenericTypeDefinition() != typeof(IEquatable<>));
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases = bases.Prepend(parent);
        }

        string[] names = [.. type.IsEnum ? [] : bases.Select(one => NameOf(one, null))];
        string ending = names.Length == 0 ? "" : $" : {string.Join(", ", names)}";
        return $"{kind} {type.Namespace}.{NameOf(type, null)}{ending}";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        string owner = NameOf(type, null);
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [];
        }

        return type.GetMembers(Declared)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not Type)
            .Select(member =>
                member switch
                {
                    FieldInfo field when IsShown(field) && !field.IsSpecialName =>
                        $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{owner}.{field.Name}"
                            + (field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : $" -> {TypeOf(field)}"),
                    PropertyInfo property when Accessors(property).Any() =>
                        $"{Modifiers(Accessors(property).First())}{(IsRequired(property) ? "required " : "")}{owner}.{property.Name}"
                            + $"{Indices(property)} {{ {string.Join(' ', Accessors(property).Select(Accessor))} }} -> {TypeOf(property)}",
                    EventInfo change when IsShown(change.AddMethod!) =>
                        $"{Modifiers(change.AddMethod!)}event {owner}.{change.Name}",
                    ConstructorInfo constructor when IsShown(constructor) && !constructor.IsStatic =>
                        $"{owner}({Parameters(constructor)})",
                    MethodInfo method when IsShown(method) && (!method.IsSpecialName || IsOperator(method)) =>
                        $"{Modifiers(method)}{owner}.{method.Name}{Generics(method)}({Parameters(method)}) -> "
                            + NameOf(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter)),
                    _ => "",
                }
            )
            .Where(line => line.Length > 0)
            .Select(line => $"  {line}");
    }

    private static bool IsShown(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    // An override says nothing new.
    private static bool IsShown(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && (method is not MethodInfo own || own.GetBaseDefinition() == own);

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static IEnumerable<MethodInfo> Accessors(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Where(IsShown).OrderBy(accessor => accessor.ReturnType == typeof(void));

    private static string Accessor(MethodInfo accessor) =>
        accessor.ReturnType != typeof(void) ? "get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;"
        : "set;";

    private static string Modifiers(MethodInfo method) =>
        (method.IsPublic ? "" : "protected ")
        + (
            method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? ""
            : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : ""
        );

    // By name: a package brings a type of the same name.
    private static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttributesData().Any(data => data.AttributeType.Name == "RequiredMemberAttribute");

    private static string Indices(PropertyInfo property)
    {
        ParameterInfo[] indices = property.GetIndexParameters();
        return indices.Length == 0 ? "" : $"[{string.Join(", ", indices.Select(Parameter))}]";
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(one => one.Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")
        + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string way =
            !type.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : "ref ";
        string name = NameOf(type.IsByRef ? type.GetElementType()! : type, Nullability(parameter));
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue)}" : "";
        return $"{way}{name} {parameter.Name}{value}";
    }

    private static NullabilityInfo Nullability(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter);

    private static string TypeOf(PropertyInfo property) =>
        NameOf(property.PropertyType, new NullabilityInfoContext().Create(property));

    private static string TypeOf(FieldInfo field) =>
        NameOf(field.FieldType, new NullabilityInfoContext().Create(field));

    private static string Literal(object? value) =>
        value switch
        {
            null => "default",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            Enum kind => $"{kind.GetType().Name}.{kind}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private static string NameOf(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare)
        {
            return NameOf(bare, null) + "?";
        }

        string mark =
            !type.IsValueType && (nullability?.ReadState ?? nullability?.WriteState) == NullabilityState.Nullable
                ? "?"
                : "";
        if (type.IsArray)
        {
            string commas = new(',', type.GetArrayRank() - 1);
            return $"{NameOf(type.GetElementType()!, nullability?.ElementType)}[{commas}]{mark}";
        }

        string name =
            type.IsGenericParameter ? type.Name
            : Keywords.TryGetValue(type, out string? keyword) ? keyword
            : House.Name(type);
        if (!type.IsGenericType)
        {
            return name + mark;
        }

        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[] parts = nullability?.GenericTypeArguments ?? [];
        IEnumerable<string> inner = arguments.Select(
            (argument, i) => NameOf(argument, i < parts.Length ? parts[i] : null)
        );
        return $"{name}<{string.Join(", ", inner)}>{mark}";
    }
}
