"""Chapter 9, limits: a ConvNet finds patterns among neighbours, so it needs data in which neighbours matter.

First, what puts an end to neighbourhood: swapping rows, columns or pixels, the same way for every sample. Then,
data to try it on: sounds and words, which become pictures, and customers, who do not. Last, a checklist.
"""

import numpy as np

from convnet_core.checks import as_flag, as_generator, as_images, as_order, as_whole

# Swapping


def swap_rows(pictures, order):
    """The pictures with their rows in another order, the same for all of them.

    pictures  (..., H, W)
    order     (H,), each row's number once: the row that comes first, second, ...
    return    the same shape
    """
    pictures = as_images("pictures", pictures)
    return pictures[..., as_order("order", order, pictures.shape[-2]), :]


def swap_columns(pictures, order):
    """The pictures with their columns in another order, the same for all of them.

    pictures  (..., H, W)
    order     (W,), each column's number once: the column that comes first, second, ...
    return    the same shape
    """
    pictures = as_images("pictures", pictures)
    return pictures[..., as_order("order", order, pictures.shape[-1])]


def swap_pixels(pictures, order):
    """The pictures with all pixels in another order, the same for all of them.

    pictures  (..., H, W)
    order     (H * W,), each pixel's number once, counted row by row: the pixel that comes first, second, ...
    return    the same shape
    """
    pictures = as_images("pictures", pictures)
    height, width = pictures.shape[-2:]
    lists = pictures.reshape(*pictures.shape[:-2], height * width)
    return lists[..., as_order("order", order, height * width)].reshape(pictures.shape)


# Sounds

SOUNDS = ("note", "chirp", "tap")  # the label of a note is 0, and so on
SAMPLE_RATE = 8000  # numbers for each second
SAMPLES = 4000  # half a second
LOWEST, HIGHEST = 400, 3200  # pitch, in swings a second (hertz)
FADE = 0.01  # seconds in which a tone comes and goes: without, it would click
HISS = 0.02  # how loud the noise is


def make_sounds(count, rng):
    """Notes that keep their pitch, chirps that glide up or down, and taps.

    count   how many; as many of each kind as can be
    rng     a numpy.random.Generator: the same seed gives the same sounds
    return  waves (count, 4000) from -1 to 1, half a second each at 8000 numbers a second, and labels (count,):
            the place in SOUNDS, in random order

    Pitch, start, length and loudness differ from sound to sound, and a little noise is in all of them.
    """
    count, rng = as_whole("count", count, minimum=1), as_generator("rng", rng)
    labels = rng.permutation(np.arange(count) % len(SOUNDS))
    waves = np.stack([(_note, _chirp, _tap)[label](rng) * rng.uniform(0.3, 0.8) for label in labels])
    return np.clip(waves + rng.normal(0, HISS, waves.shape), -1, 1), labels


def _note(rng):
    pitch = rng.uniform(LOWEST, HIGHEST)
    return _tone(pitch, pitch, rng)


def _chirp(rng):
    low = rng.uniform(LOWEST, HIGHEST - 1000)
    high = rng.uniform(low + 1000, HIGHEST)
    return _tone(*rng.permutation([low, high]), rng)


def _tone(first, last, rng):
    """A tone that goes evenly from the pitch `first` to the pitch `last`."""
    length = rng.uniform(0.2, 0.35)
    start = rng.uniform(0, SAMPLES / SAMPLE_RATE - length)
    seconds = np.arange(SAMPLES) / SAMPLE_RATE - start
    swings = first * seconds + (last - first) * seconds**2 / (2 * length)
    loudness = np.clip(np.minimum(seconds, length - seconds) / FADE, 0, 1)
    return loudness * np.sin(2 * np.pi * swings)


def _tap(rng):
    """Noise that starts at once and dies away within some hundredths of a second."""
    start = rng.uniform(0.05, 0.4)
    seconds = np.arange(SAMPLES) / SAMPLE_RATE - start
    loudness = np.where(seconds < 0, 0, np.exp(-np.maximum(seconds, 0) / rng.uniform(0.005, 0.015)))
    return loudness * rng.uniform(-1, 1, SAMPLES)


# Customers

# The table of the slides, under the heading "Name, age, address, email, purchases, browsing activity, ...".
CUSTOMER_TABLE = tuple(
    tuple(row.split())
    for row in """
        A 22 1A a@a 1 aa a1.a 123 aa1
        B 33 2B b@b 2 bb b2.b 234 bb2
        C 44 3C c@c 3 cc c3.c 345 cc3
        D 55 4D d@d 4 dd d4.d 456 dd4
        E 66 5E e@e 5 ee e5.e 567 ee5
        F 77 6F f@f 6 ff f6.f 678 ff6
        G 88 7G g@g 7 gg g7.g 789 gg7
        H 99 8H h@h 8 hh h8.h 890 hh8
        I 111 9I i@i 9 ii i9.i 901 ii9
    """.strip().splitlines()
)

CUSTOMER_COLUMNS = (
    "age",
    "purchases",
    "distance to the shop",
    "mails opened",
    "complaints",
    "years as a customer",
    "pages viewed",
    "days since the last visit",
    "usual basket",
    "goods sent back",
    "visits",
    "reviews written",
)
CUSTOMER_ANSWERS = ("stays away", "buys again")

# Three things that no column shows by itself stand behind the numbers: how keen somebody is on the shop, how
# well off, and how content. A row for each column: how much of each is in it. The rest is chance.
_BEHIND = np.array(
    [
        (0.0, 0.5, 0.0),
        (0.6, 0.4, 0.0),
        (-0.3, 0.2, 0.0),
        (0.7, 0.0, 0.0),
        (0.0, 0.0, -0.7),
        (0.2, 0.3, 0.3),
        (0.6, -0.2, 0.0),
        (-0.7, 0.0, -0.2),
        (0.0, 0.8, 0.0),
        (0.0, 0.2, -0.6),
        (0.7, 0.0, 0.1),
        (0.3, 0.0, 0.5),
    ]
)
_BUYS_AGAIN = np.array([1.0, 0.3, 1.0])
_LUCK = 0.5


def make_customers(count, rng):
    """Customers as numbers, and whether they buy again. Columns stand in no order that means anything.

    count   how many
    rng     a numpy.random.Generator: the same seed gives the same customers
    return  rows (count, 12): CUSTOMER_COLUMNS, each as its distance from the usual, so about 0 +- 1;
            labels (count,): the place in CUSTOMER_ANSWERS
    """
    count, rng = as_whole("count", count, minimum=1), as_generator("rng", rng)
    behind = rng.normal(size=(count, _BEHIND.shape[1]))
    chance = np.sqrt(1 - (_BEHIND**2).sum(axis=1))  # so that each column varies by 1
    rows = behind @ _BEHIND.T + chance * rng.normal(size=(count, len(_BEHIND)))
    labels = (behind @ _BUYS_AGAIN + rng.normal(0, _LUCK, count) > 0).astype(np.int64)
    return rows, labels


# Words


def _listed(text):
    return tuple(text.split())


ALPHABET = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 8  # letters in a word of these lists

# Everyday words, as many of each language. The French ones stand without accents, which would give them away, and words
# that are at home in both languages are left out.
ENGLISH = _listed(
    """
    about above across afraid after again against always among answer apple autumn away back bath beach bear because
    become before begin behind believe below between bird birthday black blood board body book both bottle bottom
    bread break bright bring brother brown brush build butter button buy call candle castle catch cheap cheese
    chicken child choose church clever clock close cloth cloud coat cold come cook corner count country cow cream
    cup daily dark day dead dear deep desk dinner dish doctor dog door down dress drink drive drop dry duck dust
    early earth east easy empty enough evening every family far farm fast father feather feel field fight find
    finger fire first fish five flour flower follow food foot free fresh friend from full funny game garden gate
    ghost gift girl give glass glove gold grass great green grow guess hair half hammer hand happy hard hear heart
    heavy help here high hill holiday home honey horse hungry husband kitchen knee knife know ladder lake land laugh
    leaf left letter light listen little loud love make meadow meal meat meet milk money month moon morning mother
    mountain mouse mouth music near neck needle never new night nobody noise north nose old open other paper party
    pencil pepper picture play pocket poor queen quiet rain read ready really remember rich road roof room round sad
    salt sand school sea season seven shadow sharp sheep ship shirt shoe shop shoulder shout sick silver sing sleep
    slow small smell smoke soap soft song soup spoon spring still stone storm story street strong sugar summer sun
    sweet swim tail talk tall teach thank thick thin thing think thirsty thousand three thunder tomorrow tooth town
    toy tree true twelve twenty umbrella uncle under useful wait walk wall warm wash watch water weather week well
    west wet wheel whole wind window winter wish with without woman wonder wood wool word world write wrong year
    yellow young
    """
)
FRENCH = _listed(
    """
    abeille acheter aimer alors ami anneau annee appeler apres arbre arriver assez assiette aussi autour autre avant
    avec avoir avril bateau beaucoup bebe besoin bientot blanc boire bois boite bonjour bouche bougie briller bruit
    cadeau cahier campagne carotte ceinture cerise chaise chaleur chambre chanson chanter chapeau chaque chasse
    chaud chemin cher chercher cheval cheveux chez chiffre choisir ciel cinq citron clef coeur colline combien comme
    compter corbeau cote cou couleur couper courir couteau croire cuillere dehors deja demain demander depuis dessin
    deux devenir dimanche dix doigt donner dormir doux drap droite ecouter ecrire eglise entendre entre epaule
    escalier espoir essayer etre faim famille fenetre fermer feu feuille fier fille fils fleur fleuve fois fondre
    fraise frapper frere froid fromage gagner garcon gauche genou glace gomme gouter gris gros guerre habiter haut
    herbe heure heureux hier histoire hiver homme huit ile jamais jambe janvier jardin jaune jeu jeudi jeune joie
    joli jouer journee jusque laine laisser lait langue lapin laver lecon lettre leur levre lire livre loin loup
    lumiere lundi lune mai mais maison malade manteau marche mardi marteau matin mauvais meilleur meme mer merci
    mere mettre midi mieux milieu mois moitie monde montagne monter montre morceau mouchoir mouton moyen mur nager
    neige neuf nom nous nouveau nuage nuit oeil oeuf oiseau ombre oncle oreille oreiller oublier ouvrir panier
    papier parce pareil partir pauvre peau peigne penser petit peu peur peut pied pierre plage plaisir plancher
    plein poire poisson poivre pomme pont porte pourquoi pouvoir presque puis quand quatre quelque quoi raconter
    recevoir rendre repas repondre rester rien rire riviere roi rond rue salle samedi savon seau sel sentir sept
    seul soeur soif soir soleil sortir souhait soulier soupe sourire souris souvent sucre suivre tasse tenir terre
    tete toit tomber toujours travail treize trente tres trop trou vache velo vendre venir ventre verre vers vert
    veste viande vide ville vin vingt vite vivre voir voisin voiture voix voler vouloir vrai yeux
    """
)


def one_hot(words, letters, length):
    """Each word as a picture of 0 and 1: a row for each letter, a column for each place in the word.

    words    (N,), texts, or lists of what `letters` holds
    letters  a text of different letters, or a list of different names
    length   how many places a picture has; where a word is shorter, the last columns are 0
    return   (N, letters, length)

    Raises ValueError on a word that is longer, or has a letter that is not among `letters`.
    """
    length = as_whole("length", length, minimum=1)
    row_of = {letter: row for row, letter in enumerate(letters)}
    if len(row_of) != len(letters) or not row_of:
        raise ValueError(f"one_hot: letters is {letters!r}, wanted each letter once")
    if isinstance(words, str) or not len(words):
        raise ValueError(f"one_hot: words is {words!r}, wanted a list of words")
    pictures = np.zeros((len(words), len(row_of), length))
    for picture, word in zip(pictures, words, strict=True):
        if len(word) > length:
            raise ValueError(f"one_hot: words holds {word!r} of {len(word)} letters, wanted {length} at most")
        for place, letter in enumerate(word):
            if letter not in row_of:
                raise ValueError(f"one_hot: words holds {word!r}, wanted letters of {letters!r}")
            picture[row_of[letter], place] = 1
    return pictures


# Does it look like an image?

CHECKLIST = {
    "order": "Is something lost if columns, rows or all pixels are swapped, the same way in every sample?",
    "neighbours": "Are neighbours more closely related than things far away?",
    "anywhere": "Does a pattern mean the same wherever it stands?",
    "unit": "Do all numbers measure the same thing, in the same unit?",
    "size": "Are all samples of one size?",
    "samples": "Are there enough samples to learn from and to test with?",
}
_NO_IMAGE = {
    "order": "Nothing is lost by swapping: there is no order to learn from. Try a plain net, or a method for tables.",
    "neighbours": "The order matters, but not nearness: small windows see little. Try a plain net.",
}
_MIND = {
    "anywhere": "keep the place: vote on all cells of the maps, and pool little.",
    "unit": "give each kind of number a channel of its own, as red, green and blue have, and bring all to one scale.",
    "size": "fill up, cut or scale the samples to one size, or end with one maximum for each map.",
    "samples": "gather or augment, keep the net small, or begin with one that was trained on similar data.",
}


def looks_like_an_image(answers):
    """What the answers to the questions of CHECKLIST amount to, in words.

    answers  {name of a question: True, False, or None where it is open}
    return   a text, one line for each thing to know

    Raises ValueError on a question that is not in the list, and on any other answer.
    """
    for name, answer in answers.items():
        if name not in CHECKLIST:
            raise ValueError(f"looks_like_an_image: answers holds {name!r}, wanted {', '.join(CHECKLIST)}")
        if answer is not None:
            as_flag(f"answer to {name!r}", answer)
    no = [name for name, answer in answers.items() if answer is not None and not answer]
    for name, advice in _NO_IMAGE.items():
        if name in no:
            return f"No image. {advice}"
    unanswered = [name for name in CHECKLIST if answers.get(name) is None]
    if unanswered:
        return f"Can't say yet. Still open: {', '.join(unanswered)}."
    lines = ["It looks like an image: try a ConvNet, with a plain net beside it, on samples held out."]
    return "\n".join(lines + [f"Mind the {name!r}: {advice}" for name, advice in _MIND.items() if name in no])
