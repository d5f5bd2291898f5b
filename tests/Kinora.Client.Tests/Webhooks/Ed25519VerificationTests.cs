using Kinora.Client.Webhooks;

namespace Kinora.Client.Tests.Webhooks;

public sealed class Ed25519VerificationTests
{
    // RFC 8032, section 7.1: tests 1, 2 and 3.
    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_examples_of_RFC_8032_verify_and_nothing_near_them_does(string key, string message, string signature)
    {
        var (keyBytes, messageBytes, signatureBytes) = (Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.True(Ed25519Verification.Verify(keyBytes, messageBytes, signatureBytes));
        Assert.False(Ed25519Verification.Verify(keyBytes, [.. messageBytes, 0], signatureBytes));
        foreach (var at in new[] { 0, 31, 32, 63 })
        {
            var changed = (byte[])signatureBytes.Clone();
            changed[at] ^= 4;
            Assert.False(Ed25519Verification.Verify(keyBytes, messageBytes, changed));
        }

        keyBytes[3] ^= 1;
        Assert.False(Ed25519Verification.Verify(keyBytes, messageBytes, signatureBytes));
    }

    [Fact]
    public void A_scalar_beyond_the_order_is_no_second_signature()
    {
        var key = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        var signature = Convert.FromHexString(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        var order = System.Numerics.BigInteger.Pow(2, 252)
            + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var shifted = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        Assert.True(shifted.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true));
        Assert.False(Ed25519Verification.Verify(key, [], signature));
    }

    [Theory]
    [InlineData(31, 64)]
    [InlineData(32, 63)]
    [InlineData(0, 0)]
    public void Wrong_lengths_are_refused(int keyLength, int signatureLength) =>
        Assert.False(Ed25519Verification.Verify(new byte[keyLength], [], new byte[signatureLength]));

    [Fact]
    public void Bytes_that_are_no_point_are_refused()
    {
        var noPoint = new byte[32];
        Array.Fill(noPoint, (byte)0xFF);
        Assert.False(Ed25519Verification.Verify(noPoint, [], new byte[64]));
    }
}
