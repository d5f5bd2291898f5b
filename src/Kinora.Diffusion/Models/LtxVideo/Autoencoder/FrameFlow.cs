using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>
/// Sends a clip through stages, depth first and in pieces of bounded size: what a stage gives goes all the way to the end before it gets more. So live
/// memory depends on the size of a frame, not on the length of the clip.
/// </summary>
internal sealed class FrameFlow(IReadOnlyList<IFrameStage> stages, long pieceBytes, Action<Tensor> output, CancellationToken cancellation) : IDisposable
{
    /// <summary>Sends the next frames [frames, rows, columns, channels] in.</summary>
    public void Push(FrameChunk input, bool isLast) => Push(0, input, isLast);

    /// <summary>Forgets the clip.</summary>
    public void Dispose()
    {
        foreach (var stage in stages)
            stage.Dispose();
    }

    private void Push(int index, FrameChunk input, bool isLast)
    {
        if (index == stages.Count)
        {
            if (input.Count > 0)
                output(input.Frames);
            return;
        }

        var frameBytes = input.Frames.Shape.AsSpan()[1] * input.Frames.Shape[2] * input.Frames.Shape[3] * sizeof(float);
        var most = Math.Max(1, pieceBytes / frameBytes);
        for (long first = 0; first < input.Count; first += most)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(most, input.Count - first);
            var piece = new FrameChunk(input.Frames.Slice(0, first, count));
            var isEnd = isLast && first + count == input.Count;
            using var result = stages[index].Push(piece, isEnd);
            if (result.Count > 0)
                Push(index + 1, result, isEnd);
        }
    }
}
