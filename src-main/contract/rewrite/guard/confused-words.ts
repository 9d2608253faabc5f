/** Words that are taken for one another; one set a line. */
export const confusedWords: readonly string[] = `
accept except expect
advice advise
affect effect
aisle isle
allowed aloud
all ready already
altar alter
among between
amount number
anyone anybody
are our hour
as than like
ate eight
bare bear
bath bathe
beach beech
beside besides
board bored
borrow lend loan
bought brought
brake break
breath breathe
bring take fetch
buy by bye
capital capitol
ceiling sealing celling
cell sell
cent sent scent send
choose chose
cite site sight
cloth clothe clothes
coarse course
complement compliment
conscience conscious
council counsel
councillor counsellor
cue queue
currant current
dairy diary
dear deer
desert dessert
device devise
die dye
discreet discrete
do make
does dose
draft draught
dual duel
during for
economic economical
elicit illicit
ensure insure assure
envelop envelope
every each
everyday daily
fair fare
farther further
feel fell
few little
fewer less
find fined
flour flower
for since four
form from
formally formerly
forth fourth
fun funny
gone went
good well
grate great
hair hare
heal heel
hear here
hight height
historic historical
hole whole
home house
hope hop
human humane
i me
if whether weather wether
imply infer
in on at into to
it's its
job work
knew new
know now no
later latter
lay lie
lead led
learn teach
leave let live
lightening lightning
listen hear
loan lone
look see watch
loose lose
lay laid
made maid
mail male
many much
main mane
meat meet
miner minor
moral morale
much many lot
of off have
one won
or nor
pair pear pare
passed past
patience patients
peace piece
personal personnel
plain plane
poor pour pore
practice practise
pray prey
precede proceed
presence presents
price prize
principal principle
program programme
quiet quite quit
rain reign rein
raise rise raised rose risen
read red reed
remember remind
right write rite
road rode
role roll
root route
sail sale
say tell said told says tells
scene seen
sea see
shore sure
so such
sole soul
some sum any
son sun
speak talk
stair stare
stake steak
stationary stationery
steal steel
story storey
suit suite
than then
that which who what
the they
their there they're
them those these
this these
thorough through threw though thought
throne thrown
to too two
tow two
until by till
very much
vain vein vane
waist waste
wait weight
war wore
ware wear where were
wander wonder
week weak
we're were where
what which that
which witch
who whom which that what
who's whose
wood would
yolk yoke
your you're
u you
ur your you're
r are
y why
thru through
tho though
cuz because coz cos
gonna going
wanna want
gotta got
kinda kind
pls plz please
thx thanks
thier their
alot lot
beautiful beautifully
organise organize
none non no
anything nothing
anybody nobody
anyone nobody
ever never
any no none
either neither
anywhere nowhere
also too
trip travel journey
make made do
same as
win beat
hang hung
cook cooker
lucky luck
hard hardly
late lately
till until
trough through
were was
cold could
mad made
then them
been being
has as his
ones once
think thing things
were we're we where
them then
he the
her here
our are
quick quickly
real really
bad badly
slow slowly
`
  .trim()
  .split('\n');
