namespace Kinora.Rendering.Tests.Probes;

/// <summary>Peak signal-to-noise ratio of two byte planes in decibels; 99 for equal ones.</summary>
internal static class Psnr
{
    public static double Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (double)(a[i] - b[i]);
        return sum == 0 ? 99 : 10 * Math.Log10(255.0 * 255 * a.Length / sum);
    }
}
