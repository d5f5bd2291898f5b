namespace Kinora.Media.Audio;

/// <summary>
/// The K-weighting filter of ITU-R BS.1770-4, annex 1, tables 1 and 2, with its coefficients for 48 kHz: a high shelf for the head,
/// then a high pass. Direct form I, one channel, in double precision.
/// </summary>
internal sealed class KWeighting
{
    private readonly Biquad _shelf = new(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
    private readonly Biquad _highPass = new(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621);

    public double Next(double sample) => _highPass.Next(_shelf.Next(sample));

    private sealed class Biquad(double b0, double b1, double b2, double a1, double a2)
    {
        private double _x1, _x2, _y1, _y2;

        public double Next(double x)
        {
            var y = (b0 * x) + (b1 * _x1) + (b2 * _x2) - (a1 * _y1) - (a2 * _y2);
            (_x2, _x1, _y2, _y1) = (_x1, x, _y1, y);
            return y;
        }
    }
}
