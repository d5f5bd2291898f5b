using Kinora.Media;
using Kinora.Media.Audio;
using Kinora.Media.Speech;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Speech;

/// <summary>Has the lines of a plan spoken and fits them into their shots: first faster, by a quarter at most, then cut at a sentence. Nothing that goes wrong here fails the clip.</summary>
internal static class SpeechBooth
{
    private const double FastestRate = 1.25, Pause = 0.25, ShortestSeconds = 0.3;

    // More words than this per second nobody understands; the rest would be thrown away after it was spoken.
    private const double MostCharactersPerSecond = 45;

    public static async Task<IReadOnlyList<RecordedLine>> RecordAsync(
        IReadOnlyList<SpeechPlan> plans, Func<SpeechRequest, CancellationToken, Task<SpokenLine>>? speak, Action<string>? warn, CancellationToken cancellationToken)
    {
        var lines = new List<RecordedLine>();
        if (speak is null)
            return lines;
        var studio = new Studio(speak, warn, cancellationToken);
        foreach (var shot in plans.GroupBy(plan => plan.EndSeconds))
            lines.AddRange(await studio.RecordShotAsync([.. shot]));
        return lines;
    }

    private sealed class Studio(Func<SpeechRequest, CancellationToken, Task<SpokenLine>> speak, Action<string>? warn, CancellationToken cancellationToken)
    {
        public async Task<List<RecordedLine>> RecordShotAsync(IReadOnlyList<SpeechPlan> plans)
        {
            var available = plans[0].EndSeconds - plans[0].StartSeconds - Pause * (plans.Count - 1);
            var takes = await TakeAllAsync(plans, 1);
            var total = takes.Sum(Seconds);
            var rate = Math.Min(FastestRate, total / Math.Max(0.1, available));
            if (rate > 1)
                takes = await TakeAllAsync(plans, rate);
            return await PlaceAsync(plans, takes, Math.Max(1, rate));
        }

        private async Task<List<RecordedLine>> PlaceAsync(IReadOnlyList<SpeechPlan> plans, float[][] takes, double rate)
        {
            var lines = new List<RecordedLine>();
            var time = plans[0].StartSeconds;
            for (var i = 0; i < plans.Count; i++)
            {
                time = Math.Max(time, plans[i].StartSeconds);
                var left = plans[i].EndSeconds - time;
                var take = takes[i];
                if (Seconds(take) > left)
                    take = await ShortenAsync(plans[i], take, left, rate);
                if (take.Length == 0)
                    continue;
                lines.Add(new RecordedLine(take, time, plans[i].Pan));
                time += Seconds(take) + Pause;
            }
            return lines;
        }

        private async Task<float[]> ShortenAsync(SpeechPlan plan, float[] take, double seconds, double rate)
        {
            if (seconds < ShortestSeconds)
            {
                warn?.Invoke($"\"{plan.Text}\" is not spoken: its shot is too short.");
                return [];
            }
            // Shorter texts come first and leave some room: sentences are not equally long in time.
            var text = SpeechCut.To(plan.Text, 0.97 * seconds / Seconds(take));
            warn?.Invoke($"\"{plan.Text}\" is too long for its shot; what is spoken ends at \"{text}\".");
            var shorter = await TakeAsync(plan with { Text = text }, rate);
            return SpeechCut.Fade(shorter, (int)(seconds * Soundtrack.SampleRateHz));
        }

        private async Task<float[][]> TakeAllAsync(IReadOnlyList<SpeechPlan> plans, double rate)
        {
            var takes = new float[plans.Count][];
            for (var i = 0; i < takes.Length; i++)
                takes[i] = await TakeAsync(plans[i], rate);
            return takes;
        }

        private async Task<float[]> TakeAsync(SpeechPlan plan, double rate)
        {
            var longest = (int)Math.Max(40, (plan.EndSeconds - plan.StartSeconds) * MostCharactersPerSecond);
            var text = plan.Text.Length <= longest ? plan.Text : SpeechCut.To(plan.Text, (double)longest / plan.Text.Length);
            try
            {
                var line = await speak(new SpeechRequest(text, plan.Language, plan.Voice, rate), cancellationToken);
                return SpeechCut.Trim(Resampler.To48k(line.Samples, line.SampleRateHz));
            }
            catch (MediaException e)
            {
                warn?.Invoke($"\"{plan.Text}\" could not be spoken: {e.Message}");
                return [];
            }
        }

        private static double Seconds(float[] take) => (double)take.Length / Soundtrack.SampleRateHz;
    }
}
