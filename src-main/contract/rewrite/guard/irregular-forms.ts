/** Forms of one word that share no stem by rule; one word a line. */
export const irregularForms: readonly string[] = `
be am is are was were been being im hes shes its were theyre youre isnt arent wasnt werent
have has had having ive youve weve theyve hasnt havent hadnt
do does did done doing dont doesnt didnt
go goes went gone going goed
arise arises arose arisen
awake awakes awoke awoken
bear bears bore borne born
beat beats beaten
become becomes became
begin begins began begun beginning begining
bend bends bent
bet bets
bind binds bound
bite bites bit bitten
bleed bleeds bled
blow blows blew blown blowed
break breaks broke broken breaked
breed breeds bred
bring brings brought brang brung bringed
build builds built builded
burn burns burnt burned
burst bursts bursted
buy buys bought buyed
catch catches caught catched
choose chooses chose chosen choosed choosen
cling clings clung
come comes came coming comed
cost costs costed
creep creeps crept
cut cuts cutted cutting
deal deals dealt
dig digs dug digged
draw draws drew drawn drawed
dream dreams dreamt dreamed
drink drinks drank drunk drinked
drive drives drove driven drived
eat eats ate eaten eated
fall falls fell fallen falled
feed feeds fed feeded
feel feels felt feeled
fight fights fought fighted
find finds found finded
flee flees fled
fling flings flung
fly flies flew flown flyed
forbid forbids forbade forbidden
forget forgets forgot forgotten forgetted
forgive forgives forgave forgiven
freeze freezes froze frozen freezed
get gets got gotten getting
give gives gave given gived
grind grinds ground grinded
grow grows grew grown growed
hang hangs hung hanged
hear hears heard heared
hide hides hid hidden hided
hit hits hitted
hold holds held holded
hurt hurts hurted
keep keeps kept keeped
kneel kneels knelt
know knows knew known knowed
lay lays laid layed lie lies lied lay lain lying laying
lead leads led leaded
lean leans leant leaned
leap leaps leapt leaped
learn learns learnt learned
leave leaves left leaved
lend lends lent lended
let lets letted
light lights lit lighted
lose loses lost losed losing
make makes made maked making
mean means meant meaned
meet meets met meeted
mistake mistakes mistook mistaken
pay pays paid payed
put puts putted putting
quit quits quitted
read reads readed
ride rides rode ridden rided
ring rings rang rung ringed
rise rises rose risen rised
run runs ran running runned
say says said sayed
see sees saw seen seed seeing
seek seeks sought seeked
sell sells sold selled
send sends sent sended
set sets setted
sew sews sewn sewed
shake shakes shook shaken shaked
shine shines shone shined
shoot shoots shot shooted
show shows showed shown
shrink shrinks shrank shrunk
shut shuts shutted
sing sings sang sung singed
sink sinks sank sunk sinked
sit sits sat sitted sitting
sleep sleeps slept sleeped
slide slides slid slided
smell smells smelt smelled
speak speaks spoke spoken speaked
speed speeds sped
spell spells spelt spelled
spend spends spent spended
spill spills spilt spilled
spin spins spun
spit spits spat
split splits splitted
spoil spoils spoilt spoiled
spread spreads spreaded
spring springs sprang sprung
stand stands stood standed
steal steals stole stolen stealed
stick sticks stuck sticked
sting stings stung
stink stinks stank stunk
strike strikes struck striked
strive strives strove striven
swear swears swore sworn
sweep sweeps swept
swell swells swelled swollen
swim swims swam swum swimmed
swing swings swung
take takes took taken taked taking
teach teaches taught teached
tear tears tore torn
tell tells told telled
think thinks thought thinked
throw throws threw thrown throwed
understand understands understood understanded
wake wakes woke woken waked
wear wears wore worn weared
weave weaves wove woven
weep weeps wept
win wins won winned
wind winds wound
withdraw withdraws withdrew withdrawn
write writes wrote written writed writen writing
can could cant couldnt
will would wont wouldnt ill youll hell well theyll
may might
shall should shouldnt
child children childs childrens
man men mans mens
woman women womans womens
person people persons peoples
foot feet foots
tooth teeth tooths
mouse mice mouses
goose geese
ox oxen
sheep sheeps
fish fishes
deer deers
leaf leaves leafs
life lives lifes
wife wives wifes
knife knives knifes
half halves
shelf shelves shelfs
thief thieves
loaf loaves
wolf wolves
calf calves
self selves
criterion criteria
phenomenon phenomena
analysis analyses
basis bases
crisis crises
thesis theses
datum data
medium media
good better best well goodly gooder
bad worse worst badly worser badder
far farther further farthest furthest
little less least
much many more most
few fewer fewest less
old elder eldest older oldest
himself hisself
themselves theirselves themself theirself
a an
this these
that those
i me my mine myself im ive id ill
he him his himself hes
she her hers herself shes
we us our ours ourselves
they them their theirs themselves theyre
you your yours youre youve yourself yourselves u ur
who whom whose whos
it its itself
death dead die dies died dying
high height heights
long length
strong strength
deep depth
wide width
hot heat
proud pride
succeed success successful successfully
choice choose
loss lose
advice advise
proof prove
belief believe
relief relieve
speech speak
sale sell
`
  .trim()
  .split('\n');
