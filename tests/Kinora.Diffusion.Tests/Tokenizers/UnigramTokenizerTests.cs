using Kinora.Diffusion.Tokenizers;

namespace Kinora.Diffusion.Tests.Tokenizers;

public sealed class UnigramTokenizerTests
{
    [Fact]
    public void The_small_vocabulary_reads_ascii_and_joins_what_it_does_not_know()
    {
        var tokenizer = UnigramTokenizer.Load(RandomVocabulary.Create());

        Assert.Equal(RandomVocabulary.Size, tokenizer.VocabularySize);
        Assert.Equal([3, 4 + 'a' - '!', 2, 4 + 'b' - '!'], tokenizer.Encode(" aüß\ud83c\udfac\ud800b  "));
        Assert.Empty(tokenizer.Encode("   "));
    }

    [Fact]
    public void Damaged_vocabularies_are_refused_and_never_crash()
    {
        var good = RandomVocabulary.Create();
        Assert.Throws<DiffusionException>(() => UnigramTokenizer.Load([]));
        Assert.Throws<DiffusionException>(() => UnigramTokenizer.Load(good.AsSpan(0, good.Length - 3)));
        Assert.Throws<DiffusionException>(() => UnigramTokenizer.Load([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));

        // Byte pair encoding (2) instead of unigram (1), and a map that claims more than there is.
        Assert.Throws<DiffusionException>(() => UnigramTokenizer.Load([.. good, 0x12, 0x02, 0x18, 0x02]));
        Assert.Throws<DiffusionException>(() => UnigramTokenizer.Load([.. good, 0x1A, 0x07, 0x12, 0x05, 0xFF, 0xFF, 0, 0, 1]));

        var golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "tokenizer.spiece.model"));
        for (var i = 0; i < 60; i++)
        {
            var changed = golden.ToArray();
            for (var k = 0; k < 20; k++)
                changed[(int)(((i * 7919L) + (k * 104729L)) % changed.Length)] ^= (byte)(1 << (k % 8));
            try
            {
                UnigramTokenizer.Load(changed).Encode("ﬁne Ⅷ ㎏ naïve façade 全角ＡＢＣ");
            }
            catch (DiffusionException)
            {
                // Refused is fine; any other exception fails the test.
            }
        }
    }
}
