namespace Kinora.Media.Color;

/// <summary>
/// The matrix of ITU-R BT.709-6 (https://www.itu.int/rec/R-REC-BT.709), section 3, as 16-bit fixed-point numbers:
/// full-range R'G'B' (0 to 255) to limited-range Y'CbCr (Y 16 to 235, Cb and Cr 16 to 240).
/// <code>
/// Y  =  16 + 219/255 (0.2126 R + 0.7152 G + 0.0722 B)
/// Cb = 128 + 224/255 (B - (0.2126 R + 0.7152 G + 0.0722 B)) / 1.8556
/// Cr = 128 + 224/255 (R - (0.2126 R + 0.7152 G + 0.0722 B)) / 1.5748
/// </code>
/// The chroma rows sum to zero and the luma row to 219/255, so a gray stays a gray.
/// </summary>
internal static class Bt709
{
    /// <summary>Fractional bits of every coefficient.</summary>
    public const int Bits = 16;

    /// <summary>Luma of red, green and blue: round(65536 · 219/255 · k).</summary>
    public const int YR = 11966, YG = 40254, YB = 4064;

    /// <summary>Blue difference of red, green and blue.</summary>
    public const int UR = -6596, UG = -22189, UB = 28785;

    /// <summary>Red difference of red, green and blue.</summary>
    public const int VR = 28785, VG = -26145, VB = -2640;

    /// <summary>The way back: 255/219 for luma, and the chroma parts of red, green and blue, times 65536.</summary>
    public const int RgbY = 76309, RedV = 117489, GreenU = -13975, GreenV = -34925, BlueU = 138438;
}
