namespace Fringe.Formats.SafeTensors;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Metadata">Free text by name.</param>
/// <param name="Tensors">By name.</param>
public sealed record SafeTensorsContent(
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyDictionary<string, StoredTensor> Tensors
);
