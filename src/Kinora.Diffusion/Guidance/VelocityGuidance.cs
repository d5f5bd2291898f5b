using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Guidance;

/// <summary>Joins the predictions of one step's passes into one.</summary>
internal static class VelocityGuidance
{
    /// <summary>Guides a velocity in place.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="step">How.</param>
    /// <param name="positive">t [tokens, channels]; becomes the result.</param>
    /// <param name="negative">u, overwritten; null if not needed.</param>
    /// <param name="perturbed">p, overwritten; null if not needed.</param>
    public static void Apply(IBackend backend, GuidanceStep step, Tensor positive, Tensor? negative, Tensor? perturbed)
    {
        using var scope = new TensorScope(backend.Memory);
        var result = scope.Empty(positive.Shape);
        backend.Copy(positive, result);
        if (negative is not null)
        {
            // u + g·(t - u), with u scaled first if wanted.
            if (step.IsStar)
                backend.Affine(negative, (float)(Dot(positive, negative) / (Dot(negative, negative) + 1e-8)), 0, negative);
            backend.Binary(BinaryOp.Subtract, positive, negative, result);
            backend.Affine(result, step.Scale, 0, result);
            backend.Binary(BinaryOp.Add, result, negative, result);
        }

        if (perturbed is not null)
        {
            backend.Binary(BinaryOp.Subtract, positive, perturbed, perturbed);
            backend.Affine(perturbed, step.PerturbationScale, 0, perturbed);
            backend.Binary(BinaryOp.Add, result, perturbed, result);
            if (step.Rescale is not 0)
                backend.Affine(result, (float)((step.Rescale * Deviation(positive) / Deviation(result)) + 1 - step.Rescale), 0, result);
        }

        backend.Copy(result, positive);
    }

    private static double Dot(Tensor a, Tensor b)
    {
        var x = a.AsReadOnlySpan<float>();
        var y = b.AsReadOnlySpan<float>();
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }

    // Over all elements, unbiased.
    private static double Deviation(Tensor tensor)
    {
        var values = tensor.AsReadOnlySpan<float>();
        double sum = 0, squares = 0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}
