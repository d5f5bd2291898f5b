using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Between frames in plain floats and tensors from -1 to 1.</summary>
internal static class FrameTensors
{
    /// <summary>Frames of one size as [frames, height, width, 3], resized bilinearly if need be.</summary>
    public static Tensor From(IBackend backend, TensorScope scope, IReadOnlyList<RgbFrame> frames, int width, int height)
    {
        var pixels = scope.Empty([frames.Count, height, width, 3]);
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            using var plain = new TensorScope(backend.Memory);
            var source = plain.From(frame.Pixels.Span, [1, frame.Height, frame.Width, 3]);
            var target = pixels.Slice(0, i, 1);
            if (frame.Width == width && frame.Height == height)
                backend.Copy(source, target);
            else
                backend.ResizeBilinear(source, target);
        }

        backend.Affine(pixels, 2, -1, pixels);
        return pixels;
    }

    /// <summary>The frames of [frames, height, width, 3], cut to the range and resized bilinearly if need be.</summary>
    public static IEnumerable<RgbFrame> To(IBackend backend, Tensor pixels, int width, int height)
    {
        using var scope = new TensorScope(backend.Memory);
        var sized = scope.Empty([1, height, width, 3]);
        for (long i = 0; i < pixels.Shape[0]; i++)
        {
            var source = pixels.Slice(0, i, 1);
            if (source.Shape == sized.Shape)
                backend.Copy(source, sized);
            else
                backend.ResizeBilinear(source, sized);
            backend.Affine(sized, 0.5f, 0.5f, sized);
            var values = sized.AsReadOnlySpan<float>().ToArray();
            foreach (ref var value in values.AsSpan())
                value = Math.Clamp(value, 0, 1);
            yield return new RgbFrame(width, height, values);
        }
    }
}
