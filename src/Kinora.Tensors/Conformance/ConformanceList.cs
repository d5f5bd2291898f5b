using Kinora.Tensors.Conformance.Ops;

namespace Kinora.Tensors.Conformance;

/// <summary>
/// What every back end must be able to do, as data: the tests run it, and so does the self-test on a user's machine. The reference of each case is
/// naive code in double precision, in the same file as its shapes.
/// </summary>
public static class ConformanceList
{
    /// <summary>All cases, grouped by operation.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        .. LinearConformance.Cases,
        .. MatMulConformance.Cases,
        .. AttentionConformance.Cases,
        .. ConvolutionConformance.Cases,
        .. TransposedConvolutionConformance.Cases,
        .. RowNormConformance.Cases,
        .. GroupNormConformance.Cases,
        .. RopeConformance.Cases,
        .. SoftmaxConformance.Cases,
        .. UnaryConformance.Cases,
        .. BinaryConformance.Cases,
        .. ReduceConformance.Cases,
        .. SpaceToDepthConformance.Cases,
        .. GatherConformance.Cases,
        .. ResizeConformance.Cases,
        .. CopyConformance.Cases,
        .. RandomConformance.Cases,
        .. SpecialValues.Cases,
    ];

    /// <summary>Calls that must be refused.</summary>
    public static IReadOnlyList<RefusalCase> Refusals => RefusalList.Cases;
}
