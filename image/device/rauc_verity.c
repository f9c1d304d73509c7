/* RAUC before 1.15.2 cannot read what Linux since 6.19 says of a hash tree that is whole: "V -" instead of "V"
 * (kernel commit ae97648e14f7; https://github.com/rauc/rauc/issues/1842). It then refuses every bundle. Debian 13 has
 * RAUC 1.13, and its backports, whose kernel we take, have no newer one.
 *
 * So the comparison that RAUC asks of GLib is answered here: a status that is to be "V" may have a field behind it.
 * Everything else is compared as g_strcmp0 does. "C", a tree that is damaged, stays damaged.
 *
 * Loaded by rauc.service alone. Goes when the image's RAUC is 1.15.2 or newer (tests/image/test_rauc_verity.py).
 */

int g_strcmp0(const char *one, const char *other);

int g_strcmp0(const char *one, const char *other)
{
	if (one == other)
		return 0;
	if (!one)
		return -1;
	if (!other)
		return 1;
	if (other[0] == 'V' && other[1] == '\0' && one[0] == 'V' && one[1] == ' ')
		return 0;
	while (*one && *one == *other) {
		one++;
		other++;
	}
	return (unsigned char)*one - (unsigned char)*other;
}
