namespace Kinora.Rendering.Effects;

/// <summary>Smooth random hills in three dimensions, 0 to 1, the same everywhere and always.</summary>
internal static class ValueNoise
{
    /// <summary>Three octaves: half, quarter and an eighth of the weight.</summary>
    public static float Octaves(float x, float y, float z) =>
        (At(x, y, z) * 4 + At(2.03f * x + 17, 2.03f * y + 5, 1.7f * z + 3) * 2 + At(4.1f * x + 31, 4.1f * y + 11, 2.9f * z + 7)) / 7;

    public static float At(float x, float y, float z)
    {
        int ix = (int)MathF.Floor(x), iy = (int)MathF.Floor(y), iz = (int)MathF.Floor(z);
        float fx = Fade(x - ix), fy = Fade(y - iy), fz = Fade(z - iz);
        return Mix(Layer(ix, iy, iz, fx, fy), Layer(ix, iy, iz + 1, fx, fy), fz);
    }

    private static float Layer(int x, int y, int z, float fx, float fy) =>
        Mix(Mix(Hash(x, y, z), Hash(x + 1, y, z), fx), Mix(Hash(x, y + 1, z), Hash(x + 1, y + 1, z), fx), fy);

    private static float Fade(float t) => t * t * (3 - 2 * t);

    private static float Mix(float a, float b, float weight) => a + (b - a) * weight;

    private static float Hash(int x, int y, int z)
    {
        var h = (uint)x * 374761393u + (uint)y * 668265263u + (uint)z * 2147483647u;
        h = (h ^ (h >> 13)) * 1274126177u;
        return ((h ^ (h >> 16)) & 0xffffff) / (float)0x1000000;
    }
}
