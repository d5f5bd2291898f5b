using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects;

/// <summary>One thing that can happen in a picture: its words and how it is made. A new effect is one file and one line in <see cref="EffectCatalog"/>.</summary>
internal interface IEffect
{
    string Name { get; }

    /// <summary>The words that ask for it, English and Chinese.</summary>
    IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>Looks at the picture and gets ready; null if there is nothing in it that could do this.</summary>
    IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan);
}
