using System.Runtime.Intrinsics;
using Kinora.Media;

namespace Kinora.Rendering.Planes;

/// <summary>Red, green and blue of a picture as planes from 0 to 1, at another size: means of what a pixel covers on the way down, bilinear on the way up.</summary>
internal static class ImagePlanes
{
    /// <param name="image">RGB or RGBA; alpha is ignored.</param>
    /// <param name="width">Width of the planes.</param>
    /// <param name="height">Height of the planes.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static Plane[] Of(Image image, int width, int height, int threads)
    {
        if (width > image.Width || height > image.Height)
            return Array.ConvertAll(Of(image, Math.Min(width, image.Width), Math.Min(height, image.Height), threads), plane => Resampling.Resize(plane, width, height));
        Plane[] planes = [Plane.Uninitialized(width, height), Plane.Uninitialized(width, height), Plane.Uninitialized(width, height)];
        Coverage[] columns = Coverage.Of(image.Width, width), rows = Coverage.Of(image.Height, height);
        Parallel.For(0, height, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new float[image.Width * image.Channels], (y, _, sums) =>
        {
            SumRows(image, rows[y], sums);
            for (var c = 0; c < 3; c++)
                MeansAlong(sums, columns, c, image.Channels, planes[c].Row(y));
            return sums;
        }, _ => { });
        return planes;
    }

    private static void SumRows(Image image, Coverage rows, float[] sums)
    {
        Array.Clear(sums);
        for (var k = 0; k < rows.Count; k++)
            AddWeighted(image.Pixels.AsSpan((rows.First + k) * sums.Length, sums.Length), rows.Weight(k) * (1f / 255), sums);
    }

    private static void AddWeighted(ReadOnlySpan<byte> bytes, float weight, Span<float> sums)
    {
        var x = 0;
        for (; x <= bytes.Length - 16; x += 16)
        {
            var words = Vector256.WidenLower(Vector128.Create(bytes[x..]).ToVector256Unsafe());
            var (low, high) = Vector256.Widen(words);
            (Vector256.Create<float>(sums[x..]) + Vector256.ConvertToSingle(low.AsInt32()) * weight).CopyTo(sums[x..]);
            (Vector256.Create<float>(sums[(x + 8)..]) + Vector256.ConvertToSingle(high.AsInt32()) * weight).CopyTo(sums[(x + 8)..]);
        }
        for (; x < bytes.Length; x++)
            sums[x] += bytes[x] * weight;
    }

    private static void MeansAlong(ReadOnlySpan<float> sums, Coverage[] columns, int channel, int channels, Span<float> output)
    {
        for (var x = 0; x < output.Length; x++)
        {
            ref readonly var column = ref columns[x];
            var at = column.First * channels + channel;
            var mean = sums[at] * column.FirstWeight;
            for (var k = 1; k < column.Count - 1; k++)
                mean += sums[at + k * channels] * column.InnerWeight;
            output[x] = column.Count > 1 ? mean + sums[at + (column.Count - 1) * channels] * column.LastWeight : mean;
        }
    }
}
