namespace Kinora.Rendering.Sound.Music;

/// <summary>A mood as chords and colour.</summary>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Chords">Its chords in order, each as semitones above A2 (110 Hz).</param>
/// <param name="Brightness">How strong the overtones are, 0 to 1.</param>
/// <param name="ChordSeconds">How long a chord lasts at least.</param>
internal sealed record Mood(string Name, int[][] Chords, double Brightness, double ChordSeconds)
{
    public static IReadOnlyList<Mood> All { get; } =
    [
        new("calm", [[-9, 3, 10, 14, 19], [-4, 8, 12, 15, 19], [-2, 5, 10, 14, 17], [-9, 3, 7, 14, 19]], 0.35, 3.2),
        new("bright", [[-9, 3, 7, 15, 19], [-2, 5, 10, 14, 22], [0, 7, 12, 15, 24], [-4, 8, 12, 15, 20]], 0.7, 2),
        new("dark", [[-12, 0, 7, 8, 12], [-12, 0, 3, 6, 13], [-11, 1, 5, 8, 13], [-12, 0, 7, 11, 15]], 0.25, 3.5),
        new("epic", [[-12, 0, 7, 12, 15, 19], [-4, 8, 12, 15, 20], [-9, 3, 10, 15, 19], [-2, 5, 10, 14, 22]], 0.8, 2.5),
        new("sad", [[-12, 0, 7, 12, 15], [-7, 5, 8, 12, 17], [-4, 8, 12, 15, 19], [-5, 7, 11, 14, 19]], 0.3, 3.2),
    ];

    public static Mood Named(string name) => All.First(mood => mood.Name == name);
}
