using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Media;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>
/// The seed of a request that names none. It comes from what is asked for and from the pixels, not from the addresses of the pictures,
/// so the same picture and the same words give the same clip wherever the picture was fetched from.
/// </summary>
internal static class SeedDerivation
{
    /// <summary>A seed from 0 to 2³¹ - 1: the range in which every client's number type is exact.</summary>
    public static long Derive(ClipRequest request, Image start, Image? end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var shot in request.Shots)
            Append(hash, $"{shot.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)}|{shot.Prompt}");
        Append(hash, request.NegativePrompt ?? "");
        Append(hash, request.CfgScale.ToString(CultureInfo.InvariantCulture));
        hash.AppendData(start.Pixels);
        hash.AppendData(end?.Pixels ?? []);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash.GetHashAndReset()) & int.MaxValue;
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
