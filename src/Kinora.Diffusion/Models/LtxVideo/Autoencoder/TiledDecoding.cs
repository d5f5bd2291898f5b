using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>Decodes a clip in overlapping parts; see <see cref="LtxVideoTiling"/>.</summary>
internal sealed class TiledDecoding(IBackend backend, LtxVideoAutoencoder autoencoder, LtxVideoTiling tiling, float timestep, CancellationToken cancellation)
{
    private const int FrameAxis = 0;
    private const int RowAxis = 1;
    private const int ColumnAxis = 2;

    /// <summary>Decodes latents that are not normalised [latent frames, rows, columns, channels] to [frames, height, width, 3].</summary>
    public Tensor Run(TensorScope scope, Tensor latents)
    {
        var grid = new LatentGrid((int)latents.Shape[0], (int)latents.Shape[1], (int)latents.Shape[2]);
        var output = scope.Empty([grid.VideoFrames, grid.Rows * LatentGrid.PixelsPerCell, grid.Columns * LatentGrid.PixelsPerCell, 3]);
        if (tiling.Time is var (tile, step))
            RunInTime(latents, tile / LatentGrid.FramesPerLatent, step / LatentGrid.FramesPerLatent, output);
        else
            RunInSpace(latents, output);
        return output;
    }

    // Windows of tile + 1 latent frames; all but the first leave out their first video frame, and are faded in over what both have.
    private void RunInTime(Tensor latents, int tile, int step, Tensor output)
    {
        using var kept = new TensorScope(backend.Memory);
        Tensor? previous = null;
        long done = 0;
        for (long first = 0; first < latents.Shape[0]; first += step)
        {
            var part = latents.Slice(FrameAxis, first, Math.Min(tile + 1, latents.Shape[0] - first));
            var decoded = kept.Empty([((part.Shape[0] - 1) * LatentGrid.FramesPerLatent) + 1, .. output.Shape.AsSpan()[1..]]);
            RunInSpace(part, decoded);
            var current = first == 0 ? decoded : decoded.Slice(FrameAxis, 1, decoded.Shape[0] - 1);
            if (previous is not null)
                Fade(previous, current, FrameAxis, (tile - step) * LatentGrid.FramesPerLatent);
            var count = Math.Min(Math.Min(current.Shape[0], (step * LatentGrid.FramesPerLatent) + (first == 0 ? 1 : 0)), output.Shape[0] - done);
            backend.Copy(current.Slice(FrameAxis, 0, count), output.Slice(FrameAxis, done, count));
            done += count;
            previous = current;
        }
    }

    private void RunInSpace(Tensor latents, Tensor output)
    {
        using var kept = new TensorScope(backend.Memory);
        int side = tiling.Side / LatentGrid.PixelsPerCell, step = tiling.Stride / LatentGrid.PixelsPerCell, overlap = tiling.Side - tiling.Stride;
        var above = new List<Tensor>();
        for (long row = 0; row < latents.Shape[RowAxis]; row += step)
        {
            var line = new List<Tensor>();
            for (long column = 0; column < latents.Shape[ColumnAxis]; column += step)
            {
                var tile = Decode(kept, latents, row, column, side);
                if (row > 0)
                    Fade(above[line.Count], tile, RowAxis, overlap);
                if (line.Count > 0)
                    Fade(line[^1], tile, ColumnAxis, overlap);
                line.Add(tile);
                Place(tile, output, row * LatentGrid.PixelsPerCell, column * LatentGrid.PixelsPerCell);
            }

            above = line;
        }
    }

    private Tensor Decode(TensorScope kept, Tensor latents, long row, long column, int side)
    {
        var part = latents.Slice(RowAxis, row, Math.Min(side, latents.Shape[RowAxis] - row)).Slice(ColumnAxis, column, Math.Min(side, latents.Shape[ColumnAxis] - column));
        using var scope = new TensorScope(backend.Memory);
        var dense = scope.Empty(part.Shape);
        backend.Copy(part, dense);
        var tile = kept.Empty([((part.Shape[0] - 1) * LatentGrid.FramesPerLatent) + 1, part.Shape[1] * LatentGrid.PixelsPerCell, part.Shape[2] * LatentGrid.PixelsPerCell, 3]);
        long done = 0;
        autoencoder.Decode(dense, timestep, frames =>
        {
            backend.Copy(frames, tile.Slice(FrameAxis, done, frames.Shape[0]));
            done += frames.Shape[0];
        }, cancellation);
        return tile;
    }

    private void Place(Tensor tile, Tensor output, long row, long column)
    {
        var (rows, columns) = (Math.Min(tiling.Stride, tile.Shape[RowAxis]), Math.Min(tiling.Stride, tile.Shape[ColumnAxis]));
        backend.Copy(
            tile.Slice(RowAxis, 0, rows).Slice(ColumnAxis, 0, columns),
            output.Slice(RowAxis, row, rows).Slice(ColumnAxis, column, columns));
    }

    // The first positions of b become a's last ones, fading: a·(1 - i/n) + b·i/n.
    private void Fade(Tensor a, Tensor b, int axis, long most)
    {
        var extent = Math.Min(most, Math.Min(a.Shape[axis], b.Shape[axis]));
        for (long i = 0; i < extent; i++)
        {
            using var scope = new TensorScope(backend.Memory);
            var target = b.Slice(axis, i, 1);
            var share = (float)i / extent;
            var from = scope.Empty(target.Shape);
            backend.Affine(a.Slice(axis, a.Shape[axis] - extent + i, 1), 1 - share, 0, from);
            backend.Affine(target, share, 0, target);
            backend.Binary(BinaryOp.Add, target, from, target);
        }
    }
}
